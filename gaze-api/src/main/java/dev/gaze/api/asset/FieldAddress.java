package dev.gaze.api.asset;

import java.util.Objects;

/**
 * Names one field of an asset: {@code identity::hair}, {@code wardrobe::top}. Fields that stand at the top level of the
 * file have the section {@code special} ({@code special::name}, {@code special::series}); trigger words are
 * {@code lora::lora_triggers} (G23).
 *
 * @param section the section of the file
 * @param key the key within the section
 */
public record FieldAddress(String section, String key) {
    /** The section of fields that stand at the top level. */
    public static final String SPECIAL = "special";
    /** The trigger words of the assets' LoRAs. */
    public static final FieldAddress TRIGGERS = new FieldAddress("lora", "lora_triggers");
    /** The name of the asset, written from its id. */
    public static final FieldAddress NAME = new FieldAddress(SPECIAL, "name");

    private static final String SEPARATOR = "::";

    /** Checks that both parts are there. */
    public FieldAddress {
        if (Objects.requireNonNull(section, "section").isBlank()
                || Objects.requireNonNull(key, "key").isBlank()) {
            throw new IllegalArgumentException(
                    "Field address '%s::%s' lacks a part; expected e.g. 'identity::hair'".formatted(section, key));
        }
    }

    /**
     * Reads an address.
     *
     * @param text {@code section::key}
     * @return the address
     * @throws IllegalArgumentException when there is no {@code ::} or a part is blank
     */
    public static FieldAddress parse(String text) {
        int at = text.indexOf(SEPARATOR);
        if (at < 0) {
            throw new IllegalArgumentException(
                    "'%s' is no field address; expected section::key, such as 'identity::hair'".formatted(text));
        }
        return new FieldAddress(
                text.substring(0, at).strip(),
                text.substring(at + SEPARATOR.length()).strip());
    }

    /** {@code section::key}. */
    @Override
    public String toString() {
        return section + SEPARATOR + key;
    }
}
