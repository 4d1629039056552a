package dev.gaze.llm.loop;

import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.time.Deadlines;
import dev.gaze.api.time.Time;
import dev.gaze.llm.client.ModelServer;
import java.util.concurrent.Executor;

/**
 * What all conversations with a server share.
 *
 * @param settings where and how
 * @param time the clock
 * @param deadlines where limits run
 * @param server asks one turn
 * @param names which models there are
 * @param check holds arguments of tools against their schemas
 * @param threads runs conversations and tools
 */
record Surroundings(
        ChatSettings settings,
        Time time,
        Deadlines deadlines,
        ModelServer server,
        ModelNames names,
        ArgumentCheck check,
        Executor threads) {}
