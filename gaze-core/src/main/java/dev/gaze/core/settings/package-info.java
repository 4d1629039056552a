/**
 * The settings of a library, {@code gaze.json}. {@link dev.gaze.core.settings.SettingsFile} reads it, finds everything
 * that is wrong with it at once, and writes it back without losing keys it does not know.
 *
 * <pre>{@code
 * {
 *   "servers": ["http://127.0.0.1:8188",
 *               {"name": "attic", "url": "https://attic.example/comfy", "user": "mira", "password": "env:ATTIC"}],
 *   "modelRoots": {"loras": "/models/loras", "checkpoints": ["/models/checkpoints", "/more"]},
 *   "defaultCheckpoint": "Illustrious/model.safetensors",
 *   "folders": {"uploads": "/big-disk/uploads", "outfit": "clothing"},
 *   "limits": {"imageBytes": 64000000, "runningSeconds": 3600}
 * }
 * }</pre>
 *
 * <p>The limits are {@code imageBytes}, {@code imagePixels}, {@code jobs} and {@code jobAgeSeconds} (how many ended jobs
 * are remembered, and how long), {@code connectSeconds}, {@code answerSeconds}, {@code queuedSeconds},
 * {@code runningSeconds} (for both, 0 means without limit) and {@code silenceSeconds}.
 *
 * <p>Every key may be left out, and so may the file. A secret is never written in it: where one is needed the file names
 * the environment variable that holds it, as {@code env:NAME}.
 */
@NullMarked
package dev.gaze.core.settings;

import org.jspecify.annotations.NullMarked;
