package dev.gaze.api.chat;

import dev.gaze.api.problem.Problem;
import java.util.List;

/** Tools that are open. Safe for use by several threads. */
public interface ChatToolbox extends AutoCloseable {

    /**
     * The tools.
     *
     * @return each name once
     */
    List<ChatTool> tools();

    /**
     * What could not be opened, and why.
     *
     * @return one problem for each; empty when everything is there
     */
    List<Problem> warnings();

    /** Ends programs and connections. May be called more than once. */
    @Override
    void close();
}
