package dev.gaze.core.job;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * What db-scheduler keeps beside a job: nothing, as all that is known of a job stands in its own row, as JSON. Java
 * serialization, its default, is thereby out of reach.
 */
final class NoData implements Serializer {
    @Override
    public byte @Nullable [] serialize(@Nullable Object data) {
        if (data != null) {
            throw new IllegalArgumentException("A claim carries no data");
        }
        return null;
    }

    @Override
    public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] data) {
        return null;
    }
}
