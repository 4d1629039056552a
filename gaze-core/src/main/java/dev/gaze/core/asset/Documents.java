package dev.gaze.core.asset;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetState;
import java.util.Optional;

/**
 * Parsed files, kept while there is room. A document belongs to one entry of the index and counts for nothing once the
 * index holds another; so nobody has to remember to throw old ones away.
 */
final class Documents {
    /** A parsed tree takes about six times the bytes of its file. */
    private static final long MOST_BYTES = 32_000_000;

    private static final int SHARE_OF_MEMORY = 64;

    private final Cache<AssetKey, Document> kept = Caffeine.newBuilder()
            .maximumWeight(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY))
            .weigher((AssetKey key, Document document) -> document.weight())
            .executor(Runnable::run)
            .build();

    /** What was parsed for an entry. */
    record Document(Entry entry, AssetData data, AssetState state) {
        int weight() {
            Entry.Sidecar sidecar = entry.sidecar();
            long bytes = 500
                    + Math.max(0, entry.stamp().size())
                    + (sidecar == null ? 0 : sidecar.stamp().size());
            return (int) Math.min(Integer.MAX_VALUE, bytes);
        }
    }

    Optional<Document> of(AssetKey key, Entry entry) {
        return Optional.ofNullable(kept.getIfPresent(key)).filter(document -> document.entry == entry);
    }

    void keep(AssetKey key, Document document) {
        kept.put(key, document);
    }
}
