package dev.gaze.core.asset;

import dev.gaze.core.file.ProcessStamp;
import dev.gaze.core.store.Neighbours;
import dev.gaze.core.store.Signals;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;

/**
 * A library that several openings share through a database server: its locks tell who is there and whose turn it is, its
 * signals which assets have changed.
 *
 * <p>Changes take turns by category: a rename or a new asset concerns two slugs, or one that nobody has yet, and the lock
 * within a process is by category, too.
 *
 * @param neighbours who is there
 * @param signals what they say
 */
record SharedWithOthers(Neighbours neighbours, Signals signals) implements Others {
    private static final System.Logger LOG = System.getLogger(SharedWithOthers.class.getName());
    private static final String TOPIC = "assets";
    private static final char OPENING = '_';

    /** The process, for those who have no server to ask, and the opening. */
    @Override
    public String me() {
        return ProcessStamp.mine().toString() + OPENING + neighbours.me();
    }

    /** An opening without a server was alone, and is over when its process is. */
    @Override
    public boolean isGone(String opening) {
        int at = opening.indexOf(OPENING);
        return at < 0 ? NOBODY.isGone(opening) : neighbours.isGone(opening.substring(at + 1));
    }

    /** The process that the name of an opening tells of. */
    static Optional<ProcessStamp> process(String opening) {
        int at = opening.indexOf(OPENING);
        return ProcessStamp.parse(at < 0 ? opening : opening.substring(0, at));
    }

    @Override
    public boolean exist() {
        return true;
    }

    @Override
    public <T> T inTurn(String category, Supplier<T> change) {
        return neighbours.inTurn(category, change);
    }

    /** The change is made; who does not hear of it sees it with the next sync. */
    @Override
    public void tell(Touched asset) {
        try {
            signals.send(TOPIC, asset.category() + (asset.isFile() ? " file " : " slug ") + asset.name());
        } catch (JdbiException away) {
            LOG.log(System.Logger.Level.DEBUG, "Others were not told of a change", away);
        }
    }

    @Override
    public void listen(Consumer<Touched> heard, Runnable lost) {
        signals.listen(
                TOPIC,
                Signals.Listener.of(
                        said -> {
                            String[] parts = said.split(" ", 3);
                            if (parts.length == 3) {
                                heard.accept(new Touched(parts[0], parts[1].equals("file"), parts[2]));
                            }
                        },
                        lost));
    }
}
