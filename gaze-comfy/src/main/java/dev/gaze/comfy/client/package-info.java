/**
 * ComfyUI over HTTP and WebSocket. Start with {@link dev.gaze.comfy.client.ComfyClient}.
 *
 * <p>The client has one method per endpoint, and {@link dev.gaze.comfy.client.ComfyClient#run run}, which sends a graph
 * and follows it to a true end. How a run is followed: the socket tells quickly, but it is only a hint, since ComfyUI
 * replays nothing and may stop sending without a word. The queue and the history are the judges. A run therefore ends
 * in one of three ways: the socket that was open before the prompt was queued has told everything up to the closing
 * {@code executing} frame; the history holds a terminal entry; or the prompt is in neither queue nor history, which is
 * never counted as done.
 *
 * <p>What a server refuses is a value too: {@link dev.gaze.comfy.client.ComfyError} is a closed list with an
 * {@code Unknown} case, carried by {@link dev.gaze.comfy.client.ComfyException}.
 */
@NullMarked
package dev.gaze.comfy.client;

import org.jspecify.annotations.NullMarked;
