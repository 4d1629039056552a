package dev.gaze.core.template;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tags of a wildcard item, and the tags of others beside which it is admitted. Case makes no difference.
 *
 * @param tags what it brings once it is chosen
 * @param blacklist any of these keeps it out
 * @param whitelist one of these lets it in; empty lets it in always
 * @param required all of these must be there
 */
public record ItemRules(Set<String> tags, Set<String> blacklist, Set<String> whitelist, Set<String> required) {
    /** Of an item that brings nothing and minds nothing. */
    public static final ItemRules NONE = new ItemRules(Set.of(), Set.of(), Set.of(), Set.of());

    /**
     * The rules of an item.
     *
     * @param tags what it brings
     * @param blacklist what keeps it out
     * @param whitelist what lets it in
     * @param required what must be there
     * @return the rules; {@link #NONE} itself when there are none
     */
    public static ItemRules of(
            Collection<String> tags,
            Collection<String> blacklist,
            Collection<String> whitelist,
            Collection<String> required) {
        ItemRules rules = new ItemRules(plain(tags), plain(blacklist), plain(whitelist), plain(required));
        return rules.equals(NONE) ? NONE : rules;
    }

    private static Set<String> plain(Collection<String> tags) {
        return tags.stream()
                .map(tag -> tag.strip().toLowerCase(Locale.ROOT))
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it is admitted beside these tags; the blacklist counts most. */
    boolean admittedBeside(Set<String> context) {
        return blacklist.stream().noneMatch(context::contains)
                && context.containsAll(required)
                && (whitelist.isEmpty() || whitelist.stream().anyMatch(context::contains));
    }
}
