package dev.gaze.core.wildcard;

import dev.gaze.core.template.Entry;
import dev.gaze.core.template.ListPool;
import dev.gaze.core.template.Pool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Several lists as one, one behind another. Made of lists too large to look for entries that stand in two of them. */
final class JoinedPool implements Pool {
    private final List<Pool> pools;

    private JoinedPool(List<Pool> pools) {
        this.pools = List.copyOf(pools);
    }

    /** All entries in order, each text once as far as all of them are in memory. */
    static Pool of(List<Pool> pools) {
        if (pools.size() == 1) {
            return pools.get(0);
        }
        if (!pools.stream().allMatch(ListPool.class::isInstance)) {
            return new JoinedPool(pools);
        }
        Set<String> known = new HashSet<>();
        List<Entry> entries = new ArrayList<>();
        for (Pool pool : pools) {
            for (long i = 0; i < pool.size(); i++) {
                Entry entry = pool.entry(i);
                if (known.add(entry.text())) {
                    entries.add(entry);
                }
            }
        }
        return ListPool.of(entries);
    }

    @Override
    public long size() {
        return pools.stream().mapToLong(Pool::size).sum();
    }

    @Override
    public boolean uniform() {
        return pools.stream().allMatch(Pool::uniform);
    }

    @Override
    public double total() {
        return pools.stream().mapToDouble(Pool::total).sum();
    }

    @Override
    public long at(double point) {
        double left = point;
        long before = 0;
        for (Pool pool : pools) {
            if (left < pool.total()) {
                return before + pool.at(left);
            }
            left -= pool.total();
            before += pool.size();
        }
        return before - 1;
    }

    @Override
    public double weight(long index) {
        return within(index, Pool::weight);
    }

    @Override
    public Entry entry(long index) {
        return within(index, Pool::entry);
    }

    @Override
    public boolean hasRules() {
        return false; // rules are looked at where all entries are in memory
    }

    private interface Question<T> {
        T ask(Pool pool, long index);
    }

    private <T> T within(long index, Question<T> question) {
        long left = index;
        for (Pool pool : pools) {
            if (left < pool.size()) {
                return question.ask(pool, left);
            }
            left -= pool.size();
        }
        Pool last = pools.get(pools.size() - 1);
        return question.ask(last, last.size() - 1);
    }
}
