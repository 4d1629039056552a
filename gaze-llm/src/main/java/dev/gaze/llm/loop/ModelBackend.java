package dev.gaze.llm.loop;

import dev.gaze.api.chat.ChatBackend;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.time.Time;

/** Talks to every kind of server that {@link ChatSettings} can name. */
public final class ModelBackend implements ChatBackend {

    /** Opens nothing. */
    public ModelBackend() {}

    @Override
    public String id() {
        return "gaze.models";
    }

    @Override
    public boolean takes(ChatSettings settings) {
        return true;
    }

    @Override
    public Llm connect(ChatSettings settings, Time time) {
        return new ToolLoop(settings, time);
    }
}
