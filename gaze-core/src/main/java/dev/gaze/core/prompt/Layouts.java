package dev.gaze.core.prompt;

import dev.gaze.api.asset.Category;
import dev.gaze.api.prompt.Cast;
import dev.gaze.core.plugin.Installed;
import java.util.List;

/** The layout for a cast: the one of the installed categories, unless an asset is read as something else. */
final class Layouts {
    private final Installed installed;
    private final Layout usual;

    Layouts(Installed installed) {
        this.installed = installed;
        this.usual = Layout.of(installed);
    }

    Layout of(Cast cast) {
        List<Category> others = cast.members().stream()
                .map(Cast.Member::category)
                .filter(category -> !usual.knows(category))
                .toList();
        return others.isEmpty() ? usual : Layout.of(installed, others);
    }
}
