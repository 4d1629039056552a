package dev.gaze.core.prompt;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.Category;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import dev.gaze.core.plugin.Installed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Finds the assets behind names, and gives each its part: the first of a category is merged, the others are extras. */
final class Casting {
    /** One wish for an asset. */
    sealed interface Wish {
        AssetKey key();
    }

    /** An asset by name, or any of its category. */
    record Named(AssetKey key) implements Wish {}

    /** An asset that is handed in and need not be in the library. */
    record Given(Category category, Asset asset) implements Wish {
        @Override
        public AssetKey key() {
            return asset.key();
        }
    }

    private final Installed installed;
    private final Map<String, Integer> ranks = new HashMap<>();
    private final Function<AssetKey, Asset> assets;
    private final BiFunction<String, RandomGenerator, Optional<Asset>> pick;
    private final RandomGenerator random;

    Casting(
            Installed installed,
            Function<AssetKey, Asset> assets,
            BiFunction<String, RandomGenerator, Optional<Asset>> pick,
            RandomGenerator random) {
        this.installed = installed;
        installed.categories().forEach(category -> ranks.put(category.id(), ranks.size()));
        this.assets = assets;
        this.pick = pick;
        this.random = random;
    }

    /**
     * Finds the assets.
     *
     * @param wishes in order of choice
     * @param madeFor the name of the one the picture is made for; null for a free mix
     * @param usual joins when no other of its category is wished for
     */
    Cast cast(List<? extends Wish> wishes, @Nullable AssetKey madeFor, Optional<Cast.Member> usual) {
        List<GazeException> failures = new ArrayList<>();
        List<Cast.Member> members = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        Cast.Member made = null;
        for (Wish wish : wishes) {
            try {
                Cast.Member found = member(wish);
                if (found != null) {
                    Cast.Member member =
                            inItsPart(found, taken.add(found.category().id()));
                    members.add(member);
                    made = made == null && wish.key().equals(madeFor) ? member : made;
                }
            } catch (GazeException missing) {
                failures.add(missing);
            }
        }
        throwAll(failures);
        usual.filter(member -> !taken.contains(member.category().id())).ifPresent(members::add);
        members.sort(
                Comparator.comparing((Cast.Member member) -> !member.merged()).thenComparing(byCategory()));
        return new Cast(members, made);
    }

    /** Finds the assets, all of them extras. */
    Cast extras(List<? extends Wish> wishes) {
        List<Cast.Member> members = new ArrayList<>();
        for (Wish wish : wishes) {
            Cast.Member found = member(wish);
            if (found != null) {
                members.add(new Cast.Member(found.category(), found.asset(), false));
            }
        }
        members.sort(byCategory());
        return new Cast(members, null);
    }

    private Comparator<Cast.Member> byCategory() {
        return Comparator.comparingInt(
                member -> ranks.getOrDefault(member.category().id(), ranks.size()));
    }

    private static Cast.Member inItsPart(Cast.Member member, boolean first) {
        if (!first && member.category().isSingle()) {
            throw new GazeException(
                    Kind.INVALID,
                    Problem.of("A picture has at most one %s; '%s' would be the second"
                                    .formatted(
                                            member.category().id(),
                                            member.asset().key().slug()))
                            .fix("choose one of them"));
        }
        return first ? member : new Cast.Member(member.category(), member.asset(), false);
    }

    private Cast.@Nullable Member member(Wish wish) {
        if (wish instanceof Given given) {
            return new Cast.Member(given.category, given.asset, true);
        }
        Category category = category(wish.key());
        return find(wish.key())
                .map(asset -> new Cast.Member(category, asset, true))
                .orElse(null);
    }

    private Category category(AssetKey key) {
        return installed
                .category(key.category())
                .orElseThrow(() -> new GazeException(
                        Kind.NOT_FOUND,
                        Problem.of("There is no category '%s'".formatted(key.category()))
                                .at(key.toString())
                                .fix(NearestNames.fix(
                                        key.category(),
                                        installed.categories().stream()
                                                .map(Category::id)
                                                .toList(),
                                        "categories"))));
    }

    /** Any one when the name says so, which is nobody while there are none (G37); else the one of that name. */
    private Optional<Asset> find(AssetKey key) {
        if (key.slug().equals(AssetRepository.RANDOM)) {
            synchronized (random) { // shared with whoever else draws from it
                return pick.apply(key.category(), random);
            }
        }
        return Optional.of(assets.apply(key));
    }

    private static void throwAll(List<GazeException> failures) {
        if (failures.size() == 1) {
            throw failures.get(0);
        }
        if (!failures.isEmpty()) {
            throw new GazeException(
                    failures.get(0).kind(),
                    null,
                    failures.stream()
                            .flatMap(failure -> failure.problems().stream())
                            .toList(),
                    failures.get(0));
        }
    }
}
