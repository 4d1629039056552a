package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Page;
import dev.gaze.example.terminal.Terminal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists categories, or the assets of one. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Lists the categories, or the assets of one by name.")
final class ListCommand extends LibraryCommand {
    private static final int PAGE = 500;

    @Parameters(index = "0", arity = "0..1", paramLabel = "<category>", description = "Such as outfit.")
    private @Nullable String category;

    @Option(
            names = "--search",
            paramLabel = "<words>",
            description = "Only those whose name, id or tags hold them all.")
    private String search = "";

    @Option(names = "--without-cover", description = "Only those without a cover.")
    private boolean withoutCover;

    ListCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = look()) {
            if (category == null) {
                gaze.categories().forEach(one -> tell(gaze, one));
            } else {
                tell(gaze.assets(category));
            }
            return 0;
        }
    }

    private void tell(Gaze gaze, Category one) {
        terminal()
                .say("%-12s %5d  data/%s"
                        .formatted(one.id(), gaze.assets(one.id()).count(), one.folder()));
    }

    private void tell(AssetRepository assets) {
        Set<AssetSummary> bare = withoutCover ? Set.copyOf(assets.withoutCover()) : Set.of();
        int told = 0;
        int offset = 0;
        Page<AssetSummary> page;
        do {
            page = assets.search(search, offset, PAGE);
            List<AssetSummary> wanted = page.items().stream()
                    .filter(asset -> !withoutCover || bare.contains(asset))
                    .toList();
            wanted.forEach(this::tell);
            told += wanted.size();
            offset += PAGE;
        } while (offset < page.total());
        if (told == 0) {
            terminal()
                    .complain("No %s was found%s"
                            .formatted(
                                    assets.category().id(),
                                    search.isBlank() ? "" : " whose name, id or tags hold '" + search + "'"));
        }
    }

    private void tell(AssetSummary asset) {
        String cover = asset.cover() == null ? "" : "  uploads/" + asset.cover();
        terminal().say("%-24s %s%s".formatted(asset.slug(), asset.name(), cover));
    }
}
