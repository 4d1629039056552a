package dev.gaze.core.prompt;

import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.Selection;
import dev.gaze.core.prompt.Layout.Place;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which fields are used (G22): the selected ones; else the default fields of the asset the picture is made for, or of
 * the subject; else all.
 *
 * <p>Selected fields rule every merged asset. Default fields are kept with one asset and rule that asset and the
 * subject; whatever else was chosen for this picture is written whole, since nobody chose it to be left out.
 */
final class FieldChoice {
    private final @Nullable Set<FieldAddress> chosen;
    private final Cast.@Nullable Member ruled;

    /**
     * A choice.
     *
     * @param chosen the fields that are used; null for all
     * @param ruled the asset it rules besides the subject; null for all
     */
    private FieldChoice(@Nullable Set<FieldAddress> chosen, Cast.@Nullable Member ruled) {
        this.chosen = chosen;
        this.ruled = ruled;
    }

    static FieldChoice of(Selection selection, Cast cast, Merged merged, Layout layout, Consumer<Problem> warnings) {
        Cast.Member madeFor = cast.madeFor();
        Cast.Member habits = madeFor == null ? cast.subject().orElse(null) : madeFor;
        boolean selected = !selection.fields().isEmpty();
        List<FieldAddress> fields = selected
                ? selection.fields()
                : habits == null ? List.of() : habits.asset().state().defaultFields();
        if (fields.isEmpty()) {
            return new FieldChoice(null, null);
        }
        Set<FieldAddress> chosen = new HashSet<>();
        for (FieldAddress field : fields) {
            if (layout.known().contains(field)) {
                chosen.add(field);
            } else {
                warnings.accept(unknown(field, layout, selected ? null : habits));
            }
        }
        Source subject = merged.subject();
        if (subject != null && madeFor != null && !subject.isMember(madeFor)) {
            chosen.addAll(essentials(subject, merged, layout));
        }
        return new FieldChoice(chosen, selected ? null : habits);
    }

    /** What a picture made for another asset must still tell of the subject: its name and filled essentials (G39). */
    static Set<FieldAddress> essentials(Source subject, Merged merged, Layout layout) {
        Set<FieldAddress> essentials = new LinkedHashSet<>(List.of(FieldAddress.NAME));
        for (Place place : layout.places(subject.category())) {
            if (place.section().essential()
                    && merged.owns(subject, place)
                    && !subject.texts(place).isEmpty()) {
                essentials.add(place.address());
            }
        }
        return essentials;
    }

    boolean includes(FieldAddress address, Source source, @Nullable Source subject) {
        boolean rules = ruled == null || source == subject || source.isMember(ruled);
        return chosen == null || !rules || chosen.contains(address);
    }

    private static Problem unknown(FieldAddress field, Layout layout, Cast.@Nullable Member habits) {
        List<String> known =
                layout.known().stream().map(FieldAddress::toString).sorted().toList();
        return Problem.of("Field '%s' is declared by no category; it was passed over".formatted(field))
                .at(
                        habits == null
                                ? "selected fields"
                                : "default fields of " + habits.asset().key())
                .fix(NearestNames.fix(field.toString(), known, "fields"));
    }
}
