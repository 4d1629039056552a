package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetState;
import dev.gaze.api.json.Json;
import dev.gaze.example.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one asset. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Shows one asset: its file, what is kept beside it, its content.")
final class ShowCommand extends LibraryCommand {
    @Parameters(index = "0", paramLabel = "<category>", description = "Such as outfit; or outfit/raincoat.")
    private String category = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "<slug>", description = "Such as raincoat.")
    private @Nullable String slug;

    ShowCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        int at = category.indexOf('/');
        if (slug == null && at < 0) {
            throw misused(
                    "No asset is named", "name one, such as: show outfit raincoat; `list " + category + "` lists them");
        }
        try (Gaze gaze = look()) {
            Asset asset = slug == null
                    ? gaze.assets(category.substring(0, at)).get(category.substring(at + 1))
                    : gaze.assets(category).get(slug);
            terminal().say(asset.key() + "  " + asset.name());
            terminal().say("file      " + (asset.file() == null ? "none" : asset.file()));
            if (!asset.state().equals(AssetState.EMPTY)) {
                terminal().say("state     " + asset.state());
            }
            terminal().say(new String(Json.pretty(asset.data().json()), StandardCharsets.UTF_8).stripTrailing());
            return 0;
        }
    }
}
