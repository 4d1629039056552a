package dev.gaze.api.prompt;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.Category;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The assets of a picture, found and put in order.
 *
 * @param members the merged ones in the order of their categories, then the extras in the order of their categories,
 *     within one category in the order of choice
 * @param madeFor the one the picture is made for; null for a free mix
 */
public record Cast(List<Member> members, @Nullable Member madeFor) {

    /**
     * One asset and its part in the picture.
     *
     * @param category what it is
     * @param asset the asset
     * @param merged whether it is merged with the subject; false for an extra
     */
    public record Member(Category category, Asset asset, boolean merged) {
        /** Checks that nothing is missing. */
        public Member {
            Objects.requireNonNull(category, "category");
            Objects.requireNonNull(asset, "asset");
        }
    }

    /** Copies the list. */
    public Cast {
        members = List.copyOf(members);
    }

    /**
     * Who is shown: the first merged asset that can be read as a {@link Subject}.
     *
     * @return the member; empty when nobody is chosen
     */
    public Optional<Member> subject() {
        return members.stream()
                .filter(member -> member.merged && member.category.reads(Subject.class))
                .findFirst();
    }

    /**
     * The asset under which the picture is filed: the one it is made for, else the subject, else the first chosen.
     *
     * @return the member; empty when nothing is chosen
     */
    public Optional<Member> filedUnder() {
        return Optional.ofNullable(madeFor)
                .or(this::subject)
                .or(() -> members.stream().findFirst());
    }

    /**
     * The members that are merged, or those that are not.
     *
     * @param merged which
     * @return in order
     */
    public List<Member> members(boolean merged) {
        return members.stream().filter(member -> member.merged == merged).toList();
    }

    /**
     * Reads the first member that can be read as a value, such as the settings of a checkpoint.
     *
     * @param type the value type
     * @param <T> the value type
     * @return the value; empty when no member can be read as one
     */
    public <T> Optional<T> read(Class<T> type) {
        return members.stream()
                .map(member -> member.category.read(type, member.asset.data()))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
