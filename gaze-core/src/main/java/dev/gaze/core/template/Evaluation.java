package dev.gaze.core.template;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.Sampling;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the nodes of templates on a {@link Sheet}, with what a {@link Chooser} chooses. Asks the wildcard source once for
 * each reference whose path does not change. Used by one thread.
 */
final class Evaluation {
    /** How many may be chosen in one pick, and how many may be drawn in vain as they repeat a text that it has. */
    static final int MOST_PICKED = 10_000;
    /** How many values are looked through for those that are left out. */
    static final int MOST_COMPARED = 100_000;

    private final Rules rules;
    private final Chooser chooser;
    private final Sheet sheet;
    private final Nesting nesting = new Nesting();
    private final Map<Node, Pool> known = new IdentityHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final Guesses guesses;
    private boolean inPath;

    /**
     * What all results have in common.
     *
     * @param source where wildcards come from
     * @param byDefault how choices without a mark are made
     * @param strict whether a variable that is not set is an error
     */
    record Rules(WildcardSource source, Sampling byDefault, boolean strict) {}

    Evaluation(Rules rules, Chooser chooser, Sheet sheet) {
        this.rules = rules;
        this.chooser = chooser;
        this.sheet = sheet;
        guesses = new Guesses(rules.source);
    }

    /** Forgets where an evaluation that did not come to its end has stopped. */
    void begin() {
        nesting.reset();
        inPath = false;
    }

    /** The wildcards used so far, in order. */
    Collection<String> used() {
        return used;
    }

    private void write(Node node, @Nullable Variables variables, Origin origin, @Nullable Sampling within) {
        sheet.step(origin);
        if (node instanceof Node.Text text) {
            sheet.append(text.text());
        } else if (node instanceof Node.Sequence sequence) {
            sequence(sequence, variables, origin, within);
        } else if (node instanceof Node.Reference reference) {
            reference(reference, variables, origin, within);
        } else if (node instanceof Node.Choice choice) {
            choice(choice, variables, origin, within);
        } else if (node instanceof Node.Access access) {
            access(access, variables, origin, within);
        } else if (node instanceof Node.Range range) {
            NumberRange numbers = range.numbers();
            sheet.append(numbers.text(chooser.one(numbers, how(null, within), range)));
        } else if (node instanceof Node.Named named) {
            if (!list(named, named.name(), variables, origin, within)) {
                sheet.append(named.name());
            }
        } else if (node instanceof Node.NamedPath path) {
            boolean found = list(path, path.name() + "/templates/" + path.path(), variables, origin, within)
                    || list(path, path.name() + "/" + path.path(), variables, origin, within);
            if (!found) {
                missing(path.raw(), path.raw(), origin);
            }
        } else if (node instanceof Node.NamedText text) {
            Origin object = new Origin(origin.name(), origin.folder(), text.name());
            for (Node part : text.parts()) {
                write(part, variables, object, within);
            }
        } else if (node instanceof Node.Bracket bracket) {
            if (origin.node() == null
                    || !list(bracket, origin.node() + "/" + bracket.path(), variables, origin, within)) {
                sheet.append(bracket.raw());
            }
        } else if (node instanceof Node.Wrap wrap) {
            wrap(wrap, variables, origin, within);
        } else if (node instanceof Node.Repeat repeat) {
            repeat(repeat, variables, origin, within);
        } else if (node instanceof Node.Assign) {
            return; // alone it is seen by nobody
        }
    }

    private void deeper(Node node, @Nullable Variables variables, Origin origin, @Nullable Sampling within) {
        nesting.enter(origin);
        write(node, variables, origin, within);
        nesting.leave();
    }

    private void sequence(
            Node.Sequence sequence, @Nullable Variables variables, Origin origin, @Nullable Sampling within) {
        Variables seen = variables;
        for (Node part : sequence.parts()) {
            seen = part(part, seen, origin, within);
        }
    }

    /** Writes a part of a sequence; gives the variables that the next one sees. */
    @Nullable
    Variables part(Node part, @Nullable Variables seen, Origin origin, @Nullable Sampling within) {
        if (part instanceof Node.Assign assign) {
            return assign(assign, seen, origin, within);
        }
        write(part, seen, origin, within);
        return seen;
    }

    /** A way of choosing keeps its own, takes that of what encloses it, and {@code !} gives way to the other two. */
    private Sampling how(@Nullable Sampling mark, @Nullable Sampling within) {
        if (mark == null || mark == Sampling.COMBINATORIAL && within != null) {
            return within == null ? rules.byDefault() : within;
        }
        return mark;
    }

    // Choices --------------------------------------------------------------------------------------------------------

    private void choice(Node.Choice choice, @Nullable Variables variables, Origin origin, @Nullable Sampling within) {
        Sampling how = how(choice.mark(), within);
        Bounds bounds = choice.bounds();
        if (bounds == null) {
            one(choice.options(), choice, variables, origin, how);
            return;
        }
        Node.Reference only = choice.only();
        if (only == null) {
            several(choice.options(), bounds, choice, variables, origin, how);
            return;
        }
        Pool found = find(only, variables, origin, within);
        if (found != null) {
            several(values(only, found, origin), bounds, choice, arguments(only, variables, origin), origin, how);
        }
    }

    private void one(Pool pool, Object node, @Nullable Variables variables, Origin origin, Sampling how) {
        Pool admitted = admitted(pool, origin);
        if (admitted.size() > 0) {
            entry(admitted.entry(chooser.one(admitted, how, node)), variables, origin, how);
        }
    }

    private void several(
            Pool all, Bounds bounds, Object node, @Nullable Variables variables, Origin origin, Sampling how) {
        Pool pool = admitted(all, origin);
        long least = Math.min(bounds.least(), pool.size());
        long most = Math.min(bounds.most(), pool.size());
        long count = chooser.count(least, most, how, node);
        if (count > MOST_PICKED) {
            throw Sheet.tooMuch(
                    "A pick takes %d of its options; at most %d are accepted".formatted(count, MOST_PICKED), origin);
        }
        Chooser.Several left = chooser.several(pool, how, node);
        Set<String> written = new HashSet<>();
        int inVain = 0;
        while (written.size() < count && !left.isEmpty() && inVain < MOST_PICKED) {
            int before = sheet.length();
            if (!written.isEmpty()) {
                sheet.append(bounds.separator());
            }
            int start = sheet.length();
            entry(pool.entry(left.next()), variables, origin, how);
            if (!written.add(sheet.since(start))) {
                sheet.takeBack(before); // never the same text twice in one pick
                inVain++;
            }
        }
        if (written.size() < count && !left.isEmpty()) {
            sheet.warn(Problem.of("A pick of %d found %d different texts; after %d repeated ones it looked no further"
                            .formatted(count, written.size(), inVain))
                    .at(origin.name())
                    .fix("take repeated options out of the list"));
        }
    }

    private void entry(Entry entry, @Nullable Variables variables, Origin origin, Sampling how) {
        Origin own = entry.origin();
        if (own == null) {
            nesting.enter(origin);
        } else {
            nesting.enter(own, origin);
            used.add(own.name());
        }
        if (entry.rules() != ItemRules.NONE) {
            sheet.tags().addAll(entry.rules().tags());
        }
        Node node = entry.node();
        Problem flaw = entry.flaw();
        if (flaw != null) {
            sheet.warn(flaw);
        }
        write(node, variables, own == null ? origin : own, how);
        nesting.leave();
    }

    /** Those that may stand beside the tags chosen so far; all of them when that would leave none. */
    private Pool admitted(Pool pool, Origin origin) {
        if (!pool.hasRules()) {
            return pool;
        }
        List<Entry> admitted = LongStream.range(0, pool.size())
                .mapToObj(pool::entry)
                .filter(entry -> entry.rules().admittedBeside(sheet.tags()))
                .toList();
        if (admitted.isEmpty()) {
            Origin list = pool.entry(0).origin();
            sheet.warn(Problem.of("No item is admitted beside the tags chosen so far, so all of them are")
                    .at(list == null ? origin.name() : list.name()));
            return pool;
        }
        return admitted.size() == pool.size() ? pool : ListPool.of(admitted);
    }

    private void repeat(Node.Repeat repeat, @Nullable Variables variables, Origin origin, @Nullable Sampling within) {
        Bounds times = repeat.times();
        long count = chooser.count(times.least(), times.most(), how(null, within), repeat);
        for (long i = 0; i < count; i++) {
            if (i > 0) {
                sheet.append(times.separator());
            }
            deeper(repeat.what(), variables, origin, within);
        }
    }

    // Wildcards ------------------------------------------------------------------------------------------------------

    private void reference(
            Node.Reference reference, @Nullable Variables variables, Origin origin, @Nullable Sampling within) {
        Pool found = find(reference, variables, origin, within);
        if (found != null) {
            Variables inner = arguments(reference, variables, origin);
            one(values(reference, found, origin), reference, inner, origin, how(reference.mark(), within));
        }
    }

    /** What a reference leads to; when that is nothing, it is written as text. */
    private @Nullable Pool find(
            Node.Reference reference, @Nullable Variables variables, Origin origin, @Nullable Sampling within) {
        boolean fixed = reference.path() instanceof Node.Text;
        Pool found = fixed ? known.get(reference) : null;
        if (found == null) {
            String path = path(reference.path(), variables, origin, within);
            found = rules.source().find(path, origin);
            if (found == null) {
                boolean written =
                        reference.mark() != null || !reference.arguments().isEmpty();
                missing(fixed || written ? reference.raw() : "__" + path + "__", path, origin);
                return null;
            }
            if (fixed) {
                known.put(reference, found);
            }
        }
        return found;
    }

    private String path(Node path, @Nullable Variables variables, Origin origin, @Nullable Sampling within) {
        if (path instanceof Node.Text text) {
            return text.text();
        }
        boolean outer = inPath;
        inPath = true;
        int start = sheet.length();
        write(path, variables, origin, within);
        String written = sheet.takeBack(start);
        inPath = outer;
        return written;
    }

    private Variables arguments(Node.Reference reference, @Nullable Variables variables, Origin origin) {
        Variables inner = variables;
        for (Node.Argument argument : reference.arguments()) {
            inner = Variables.with(
                    inner, argument.name(), new Variables.Parameter(argument.value(), origin, variables));
        }
        return inner;
    }

    private static Pool values(Node.Reference reference, Pool found, Origin origin) {
        if (reference.without().isEmpty()) {
            return found;
        }
        if (found.size() > MOST_COMPARED) {
            throw Sheet.tooMuch(
                    "Values are left out of %d; at most %d are looked through".formatted(found.size(), MOST_COMPARED),
                    origin);
        }
        return ListPool.of(LongStream.range(0, found.size())
                .mapToObj(found::entry)
                .filter(entry -> reference.without().stream()
                        .noneMatch(value -> value.equalsIgnoreCase(entry.text().strip())))
                .toList());
    }

    /** Writes an entry of a list that need not be there; false when it is not. */
    private boolean list(
            Node node, String path, @Nullable Variables variables, Origin origin, @Nullable Sampling within) {
        Pool found = known.get(node);
        if (found == null) {
            found = rules.source().find(path, origin);
            if (found == null) {
                return false;
            }
            known.put(node, found);
        }
        one(found, node, variables, origin, how(null, within));
        return true;
    }

    private void missing(String text, String name, Origin origin) {
        sheet.append(text);
        sheet.warn(Problem.of("There is no wildcard '%s'; it is written as it stands".formatted(name))
                .at(origin.name())
                .fix(guesses.of(name)));
    }

    // Variables ------------------------------------------------------------------------------------------------------

    private @Nullable Variables assign(
            Node.Assign assign, @Nullable Variables variables, Origin origin, @Nullable Sampling within) {
        if (assign.unlessSet() && Variables.find(variables, assign.name()) != null) {
            return variables;
        }
        if (!assign.now()) {
            return Variables.with(variables, assign.name(), new Variables.Macro(assign.value(), origin));
        }
        int start = sheet.length();
        deeper(assign.value(), variables, origin, within);
        String text = sheet.takeBack(start);
        return Variables.with(variables, assign.name(), new Variables.Fixed(text));
    }

    private void access(Node.Access access, @Nullable Variables variables, Origin origin, @Nullable Sampling within) {
        Variables.Value value = Variables.find(variables, access.name());
        if (value instanceof Variables.Fixed fixed) {
            sheet.append(fixed.text());
        } else if (value instanceof Variables.Macro macro) {
            nesting.enter(macro, access.name(), origin);
            write(macro.template(), variables, macro.origin(), within);
            nesting.leave();
        } else if (value instanceof Variables.Parameter parameter) {
            nesting.enter(parameter, access.name(), origin);
            write(parameter.template(), parameter.seen(), parameter.origin(), within);
            nesting.leave();
        } else if (access.otherwise() != null) {
            deeper(access.otherwise(), variables, origin, within);
        } else {
            unset(access, origin);
        }
    }

    private void unset(Node.Access access, Origin origin) {
        Problem problem = Problem.of("Variable '%s' is not set".formatted(access.name()))
                .at(origin.name())
                .fix("set it in front with ${%s=…}, or give a default: ${%s:…}"
                        .formatted(access.name(), access.name()));
        if (rules.strict()) {
            throw new GazeException(Kind.INVALID, problem);
        }
        if (inPath) {
            sheet.append(access.name());
        } else {
            sheet.append(access.raw());
            sheet.warn(problem);
        }
    }

    private void wrap(Node.Wrap wrap, @Nullable Variables variables, Origin origin, @Nullable Sampling within) {
        int start = sheet.length();
        deeper(wrap.frame(), variables, origin, within);
        Frame frame = Frame.of(sheet.takeBack(start));
        sheet.append(frame.before());
        deeper(wrap.inside(), variables, origin, within);
        sheet.append(frame.behind());
    }
}
