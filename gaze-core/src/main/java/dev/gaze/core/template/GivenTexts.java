package dev.gaze.core.template;

import java.util.Arrays;

/**
 * The texts given so far, to tell new ones. Combinations follow one another with the same beginning; so the hash of each
 * beginning of the last text is kept, and only what differs is hashed. Texts are compared where hashes are the same. Used
 * by one thread.
 */
final class GivenTexts {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private long[] beginnings = new long[128];
    private String[] texts = new String[64];
    private long[] hashes = new long[64];
    private int size;

    /**
     * Adds a text; false when it was there.
     *
     * @param alike how many letters at its beginning are those of the last text
     */
    boolean add(String text, int alike) {
        long hash = hash(text, alike);
        int slot = slot(hash);
        while (texts[slot] != null) {
            if (hashes[slot] == hash && texts[slot].equals(text)) {
                return false;
            }
            slot = slot + 1 & texts.length - 1;
        }
        texts[slot] = text;
        hashes[slot] = hash;
        if (++size > texts.length / 2) {
            grow();
        }
        return true;
    }

    private long hash(String text, int alike) {
        int length = text.length();
        if (length >= beginnings.length) {
            beginnings = Arrays.copyOf(beginnings, length * 2);
        }
        long hash = beginnings[alike];
        for (int i = alike; i < length; i++) {
            hash = hash * PRIME
                    ^ text.charAt(i); // in this order, texts that differ in their last letter are neighbours
            beginnings[i + 1] = hash;
        }
        return hash;
    }

    private int slot(long hash) {
        return (int) (hash ^ hash >>> 32) & texts.length - 1;
    }

    private void grow() {
        String[] oldTexts = texts;
        long[] oldHashes = hashes;
        texts = new String[oldTexts.length * 4];
        hashes = new long[texts.length];
        for (int i = 0; i < oldTexts.length; i++) {
            if (oldTexts[i] != null) {
                int slot = slot(oldHashes[i]);
                while (texts[slot] != null) {
                    slot = slot + 1 & texts.length - 1;
                }
                texts[slot] = oldTexts[i];
                hashes[slot] = oldHashes[i];
            }
        }
    }
}
