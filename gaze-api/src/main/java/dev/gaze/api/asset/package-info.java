/**
 * What a picture is made from. An {@link Asset} is one JSON file of a {@link Category}; an {@link AssetRepository}
 * finds, changes and syncs the assets of one category. The files are the truth: whatever GAZE knows of them besides can
 * be rebuilt from them.
 *
 * <p>Start with {@link AssetRepository} to use assets, and with {@link Category} to declare a new kind of them.
 */
@NullMarked
package dev.gaze.api.asset;

import org.jspecify.annotations.NullMarked;
