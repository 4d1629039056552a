package dev.gaze.example.bench;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.SyncReport;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The figures about assets and their sync. */
final class LibraryRows {
    private static final int SMALL = 10_000;
    private static final int LARGE = 100_000;
    private static final String DURABLE_H2 = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

    private final Path work;
    private final Consumer<Row> rows;

    LibraryRows(Path work, Consumer<Row> rows) {
        this.work = work;
        this.rows = rows;
    }

    void measure() throws Exception {
        Path small = work.resolve("small");
        SyntheticLibrary.write(small, SMALL);
        coldSync(small);
        warm(small);
        open(small);
        scaling(small);
    }

    private void coldSync(Path library) throws Exception {
        rows.accept(Pairs.of(
                        1,
                        5,
                        () -> ChildJvm.run(ColdSync.class, List.of(), library.toString(), "" + SMALL),
                        () -> ChildJvm.run(ReadAndParse.class, List.of(), library.toString()))
                .atMost("cold sync of 10,000 / read + Jackson-parse (fresh JVMs)", 3.0));
    }

    private void scaling(Path small) throws Exception {
        Path large = work.resolve("large");
        SyntheticLibrary.write(large, LARGE);
        List<String> tight = List.of("-Xmx256m");
        rows.accept(Pairs.of(
                        0,
                        3,
                        () -> ChildJvm.run(ColdSync.class, tight, large.toString(), "" + LARGE),
                        () -> ChildJvm.run(ColdSync.class, tight, small.toString(), "" + SMALL))
                .atMost("cold sync of 100,000 / of 10,000 (fresh JVMs, -Xmx256m)", 11.0));
        Folders.delete(large);
    }

    private void warm(Path library) throws Exception {
        Path data = library.resolve("data");
        try (Gaze gaze = Gaze.builder().library(library).embedded().open()) {
            Pairs rescan = Pairs.of(
                    10, 25, () -> Pairs.millis(() -> unchanged(gaze)), () -> Pairs.millis(() -> Folders.walk(data)));
            rows.accept(rescan.atMost("rescan, nothing changed / walk reading size and time", 1.5));
            edit(gaze);
            syncOne(gaze, data);
        }
    }

    private static void unchanged(Gaze gaze) {
        SyncReport report = gaze.sync();
        if (report.changedAnything() || report.unchanged() != SMALL) {
            throw new IllegalStateException("Expected nothing to have changed: " + report);
        }
    }

    private void edit(Gaze gaze) throws Exception {
        AssetRepository outfits = gaze.assets("outfit");
        List<String> slugs = outfits.list().stream().map(asset -> asset.slug()).toList();
        Path folder = Files.createDirectories(work.resolve("by-hand"));
        byte[] bytes = new byte[1_000];
        int[] turn = new int[1];
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("db") + DURABLE_H2)) {
            h2.createStatement().execute("create table edit (id int primary key, hash varchar(64))");
            h2.createStatement().execute("insert into edit values (1, '')");
            PreparedStatement update = h2.prepareStatement("update edit set hash = ? where id = 1");
            Path target = folder.resolve("asset.json");
            rows.accept(Pairs.of(
                            30,
                            200,
                            () -> Pairs.millis(() -> {
                                String slug = slugs.get(turn[0]++ % slugs.size());
                                String words = "edit " + turn[0];
                                outfits.edit(slug, data -> data.with(words, "wardrobe", "top"));
                                if (!outfits.get(slug).data().toString().contains(words)) {
                                    throw new IllegalStateException("The edit is not visible");
                                }
                            }),
                            () -> Pairs.millis(() -> {
                                writeForceMove(target, bytes);
                                update.setString(1, "hash " + turn[0]);
                                update.executeUpdate();
                            }))
                    .atMost("edit one of 10,000 / write + force + move + H2 commit", 4.0));
        }
    }

    static void writeForceMove(Path target, byte[] bytes) throws Exception {
        Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void syncOne(Gaze gaze, Path data) throws Exception {
        AssetRepository scenes = gaze.assets("scene");
        List<String> slugs = scenes.list().stream().map(asset -> asset.slug()).toList();
        int[] turn = new int[1];
        rows.accept(Pairs.of(
                        20,
                        50,
                        () -> {
                            String slug = slugs.get(turn[0]++ % slugs.size());
                            Path file = data.resolve("scenes").resolve(slug + ".json");
                            Files.writeString(
                                    file, Files.readString(file).replaceFirst("\"scene_name\": \"", "$0New "));
                            Files.setLastModifiedTime(
                                    file, FileTime.from(Instant.now().plusSeconds(turn[0])));
                            return Pairs.millis(() -> {
                                if (scenes.sync(slug).changed().size() != 1) {
                                    throw new IllegalStateException("The change of " + slug + " was not seen");
                                }
                            });
                        },
                        () -> Pairs.millis(() -> gaze.sync()))
                .atMost("sync of one changed asset / rescan, nothing changed", 0.02));
    }

    private void open(Path library) throws Exception {
        Path folder = Files.createDirectories(work.resolve("open"));
        String url = "jdbc:h2:file:" + folder.resolve("db") + DURABLE_H2;
        try (Connection h2 = DriverManager.getConnection(url)) {
            h2.createStatement().execute("create table asset (id int primary key, text varchar(400))");
            PreparedStatement insert = h2.prepareStatement("insert into asset values (?, ?)");
            for (int i = 0; i < SMALL; i++) {
                insert.setInt(1, i);
                insert.setString(2, "outfit asset_" + i + " Asset " + i + " 0123456789abcdef0123456789abcdef");
                insert.addBatch();
            }
            insert.executeBatch();
        }
        rows.accept(Pairs.of(
                        5,
                        15,
                        () -> Pairs.millis(() -> Gaze.builder()
                                .library(library)
                                .embedded()
                                .open()
                                .close()),
                        () -> Pairs.millis(() -> {
                            try (Connection h2 = DriverManager.getConnection(url)) {
                                Folders.walk(library.resolve("data"));
                            }
                        }))
                .atMost("open and close of a synced 10,000 / open H2 + the walk", 2.0));
    }
}
