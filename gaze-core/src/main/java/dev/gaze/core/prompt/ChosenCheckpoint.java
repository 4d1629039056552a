package dev.gaze.core.prompt;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoint of a cast.
 *
 * @param key the asset that names it
 * @param settings what it says
 */
public record ChosenCheckpoint(AssetKey key, CheckpointSettings settings) {

    /**
     * Finds the checkpoint of a cast.
     *
     * @param cast the assets
     * @return the first member that can be read as a checkpoint; empty when there is none
     * @throws GazeException when a value in its file is out of range
     */
    public static Optional<ChosenCheckpoint> in(Cast cast) {
        for (Cast.Member member : cast.members()) {
            if (member.category().reads(CheckpointSettings.class)) {
                return read(member);
            }
        }
        return Optional.empty();
    }

    private static Optional<ChosenCheckpoint> read(Cast.Member member) {
        AssetKey key = member.asset().key();
        try {
            return member.category()
                    .read(CheckpointSettings.class, member.asset().data())
                    .map(settings -> new ChosenCheckpoint(key, settings));
        } catch (IllegalArgumentException wrong) {
            Problem problem = Problem.of(String.valueOf(wrong.getMessage()))
                    .at(key.toString())
                    .fix("correct the value in its file");
            throw new GazeException(Kind.INVALID, null, List.of(problem), wrong);
        }
    }
}
