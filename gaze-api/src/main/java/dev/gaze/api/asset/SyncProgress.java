package dev.gaze.api.asset;

/**
 * How far a sync has come. Told on the threads of the sync, never two at a time.
 *
 * @param category the category being read
 * @param done how many of its files have been looked at
 * @param total how many files it has
 */
public record SyncProgress(String category, int done, int total) {}
