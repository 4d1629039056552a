package dev.gaze.core.tag;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagSettings;
import dev.gaze.api.tag.TagSource;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the tag sources when somebody asks for tags, and closes them with the library. Safe for several threads. */
public final class TagRoom implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TagRoom.class.getName());

    private final List<TagSource> sources;
    private final TagSettings settings;
    private final List<TagCatalogue> opened = new ArrayList<>();
    private @Nullable TagCatalogue joined;
    private boolean closed;

    /**
     * A room in which nothing is open yet.
     *
     * @param sources in the order in which they are asked
     * @param settings what the library says about tags
     */
    public TagRoom(List<TagSource> sources, TagSettings settings) {
        this.sources = List.copyOf(sources);
        this.settings = settings;
    }

    /**
     * All sources as one.
     *
     * @return the catalogue, the same at every call
     * @throws GazeException {@code NOT_FOUND} when there is no source at all; what a source throws when it is opened
     */
    public synchronized TagCatalogue catalogue() {
        if (closed) {
            throw new IllegalStateException("The library is closed");
        }
        if (sources.isEmpty()) {
            throw new GazeException(
                    Kind.NOT_FOUND, Problem.of("Nobody here knows tags").fix("put dev.gaze:gaze-llm beside gaze-core"));
        }
        if (joined == null) {
            for (TagSource source : sources.subList(opened.size(), sources.size())) {
                TagCatalogue catalogue = source.open(settings);
                opened.add(catalogue);
                catalogue.warnings().forEach(warning -> LOG.log(Level.WARNING, warning.toString()));
            }
            joined = new JoinedTags(opened, settings.blocked(), settings.file() == null && opened.size() == 1);
        }
        return joined;
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (TagCatalogue catalogue : opened) {
            if (catalogue instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception failure) {
                    LOG.log(Level.WARNING, "A tag catalogue could not be closed", failure);
                }
            }
        }
        opened.clear();
    }
}
