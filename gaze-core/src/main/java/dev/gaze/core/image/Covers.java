package dev.gaze.core.image;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetState;
import dev.gaze.api.image.Image;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.job.CoverAction;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Selection;
import java.util.List;
import java.util.function.Function;

/**
 * Remembers with an asset that a picture of it was made: its cover (G43, G162) and what was chosen (G151).
 *
 * @param repositories the repository of a category, by its name
 */
public record Covers(Function<String, AssetRepository> repositories) {

    /**
     * Writes the state of an asset. The picture is on disk by now, so what goes wrong here never fails its job.
     *
     * @param asset the asset the picture is filed under
     * @param action whether the picture becomes the cover
     * @param image the picture
     * @param selection what was chosen for it
     * @return why the state could not be written; empty when it could
     */
    public List<Problem> update(AssetKey asset, CoverAction action, ImageId image, Selection selection) {
        try {
            repositories.apply(asset.category()).editState(asset.slug(), state -> {
                AssetState remembered = state.withLastUsed(selection.lastUsed(asset, image.path()));
                return action == CoverAction.REPLACE ? remembered.withCover(image.path()) : remembered;
            });
            return List.of();
        } catch (GazeException notWritten) {
            boolean gone = notWritten.kind() == GazeException.Kind.NOT_FOUND;
            return List.of(Problem.of(
                            gone
                                    ? "%s was deleted while its picture was made; the image stays, without an asset"
                                            .formatted(asset)
                                    : "The image is filed, but %s could not remember it: %s"
                                            .formatted(
                                                    asset,
                                                    notWritten.problems().get(0).what()))
                    .at(image.path()));
        }
    }

    /**
     * What to call a picture: the name of the asset it is filed under.
     *
     * @param image the picture
     * @return the asset's display name; its file name when it has no asset any more
     */
    public String nameOf(Image image) {
        AssetKey asset = image.filedUnder();
        if (asset != null) {
            try {
                return repositories.apply(asset.category()).get(asset.slug()).name();
            } catch (GazeException gone) {
                return asset.slug();
            }
        }
        return String.valueOf(image.file().getFileName());
    }
}
