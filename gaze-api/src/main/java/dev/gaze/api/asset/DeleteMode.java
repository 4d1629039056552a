package dev.gaze.api.asset;

/** How much of an asset to delete (G113). Images stay in either case. */
public enum DeleteMode {
    /** The JSON file and what is kept beside it. */
    SOFT,
    /**
     * Also the LoRA or model file it names, if that lies inside a configured model root and no other asset names it;
     * otherwise nothing at all is deleted.
     */
    HARD
}
