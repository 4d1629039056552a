package dev.gaze.llm.tag;

import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCategories;
import dev.gaze.api.tag.TagHit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Lists of tags for tests. */
public final class TagLists {
    private static final String[] WORDS = {
        "long", "short", "red", "blue", "hair", "eyes", "dress", "hat", "ribbon", "holding", "sword", "looking", "at",
        "viewer", "smile", "cat", "ears", "very", "white", "black", "ocean", "rain", "umbrella", "star", "moon", "x"
    };

    private TagLists() {}

    static TagCatalogue of(String... lines) {
        return of(String.join("\n", lines).getBytes(StandardCharsets.UTF_8), TagCategories.DANBOORU, name -> false);
    }

    public static TagCatalogue of(byte[] list, TagCategories scheme, Predicate<String> blocked) {
        Warnings warnings = new Warnings("list.csv");
        try {
            TagRows rows = TagListReader.read(new ByteArrayInputStream(list), scheme, warnings);
            return new ListedTags(Packing.of(rows), scheme, blocked, warnings.all());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static List<String> names(List<TagHit> hits) {
        return hits.stream().map(hit -> hit.tag().name()).toList();
    }

    /** Different names of one to four words, some with a qualifier, as real lists have them. */
    static List<String> names(int count, Random random) {
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < count) {
            StringBuilder name = new StringBuilder(WORDS[random.nextInt(WORDS.length)]);
            for (int more = random.nextInt(4); more > 0; more--) {
                name.append(random.nextInt(8) == 0 ? "-" : "_").append(WORDS[random.nextInt(WORDS.length)]);
            }
            if (random.nextInt(4) == 0) {
                name.append("_(").append(WORDS[random.nextInt(WORDS.length)]).append(')');
            }
            if (random.nextInt(3) == 0) {
                name.append(random.nextInt(500));
            }
            names.add(name.toString());
        }
        return new ArrayList<>(names);
    }

    /** One slip of the fingers: a letter too few, too many, wrong, or two swapped. */
    static String slip(String name, Random random) {
        int at = random.nextInt(name.length());
        char other = (char) ('a' + random.nextInt(26));
        return switch (random.nextInt(4)) {
            case 0 -> name.substring(0, at) + name.substring(at + 1);
            case 1 -> name.substring(0, at) + other + name.substring(at);
            case 2 -> name.substring(0, at) + other + name.substring(at + 1);
            default ->
                at + 1 == name.length()
                        ? name + other
                        : name.substring(0, at) + name.charAt(at + 1) + name.charAt(at) + name.substring(at + 2);
        };
    }
}
