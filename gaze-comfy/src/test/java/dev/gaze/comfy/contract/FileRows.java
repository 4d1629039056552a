package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;

/** Images: fetched, uploaded, saved, and what is written inside them. */
abstract class FileRows extends ContractRows {
    private static final MediaType PNG = MediaType.get("image/png");

    private JsonObject made() {
        return image(http.run(Graphs.save(Graphs.anyColour(), "gaze/contract_" + UUID.randomUUID())), "2");
    }

    private static byte[] png(int argb) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, argb);
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException inMemory) {
            throw new AssertionError(inMemory);
        }
    }

    private Reply upload(String path, String name, byte[] bytes, String... fields) {
        MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
        form.addFormDataPart("image", name, RequestBody.create(bytes, PNG));
        for (int i = 0; i < fields.length; i += 2) {
            form.addFormDataPart(fields[i], fields[i + 1]);
        }
        return http.upload(path, form.build());
    }

    private static String anyName() {
        return "gaze_contract_" + UUID.randomUUID() + ".png";
    }

    @Test
    void view_sends_the_file_with_etag_and_date_and_answers_304_to_the_same_etag() {
        String path = view(made());
        Reply plain = http.get(path);
        Reply again = http.send(
                "GET",
                path,
                null,
                Map.of("If-None-Match", String.valueOf(plain.headers().get("ETag"))));

        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.headers().get("Content-Type")).isEqualTo("image/png");
        assertThat(plain.headers().get("Last-Modified")).isNotNull();
        assertThat(plain.headers().get("Content-Disposition")).contains("filename=");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void view_sends_ranges_and_heads() {
        String path = view(made());
        byte[] whole = http.get(path).body();
        Reply part = http.send("GET", path, null, Map.of("Range", "bytes=0-15"));
        Reply head = http.send("HEAD", path, null, Map.of());

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOf(whole, 16));
        assertThat(part.headers().get("Content-Range")).isEqualTo("bytes 0-15/" + whole.length);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers().get("Content-Length")).isEqualTo(Integer.toString(whole.length));
    }

    @Test
    void view_as_preview_or_channel_draws_anew_and_loses_the_text() throws Exception {
        String path = view(made());
        Reply jpeg = http.get(path + "&preview=jpeg");
        Reply rgb = http.get(path + "&channel=rgb");

        assertThat(jpeg.headers().get("Content-Type")).isEqualTo("image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(jpeg.body())).getWidth())
                .isEqualTo(64);
        assertThat(http.get(path + "&preview=webp;75").headers().get("Content-Type"))
                .startsWith("image/");
        assertThat(PngTexts.of(http.get(path).body())).containsKey("prompt");
        assertThat(PngTexts.of(rgb.body())).isEmpty();
        assertThat(http.get(path + "&channel=a").status()).isEqualTo(200);
    }

    @Test
    void view_takes_a_name_that_says_its_folder() {
        JsonObject image = made();
        String path = "/view?filename=" + image.text("filename").orElseThrow() + "%20%5Boutput%5D&subfolder="
                + image.text("subfolder").orElseThrow();

        assertThat(http.get(path).status()).isEqualTo(200);
    }

    @Test
    void view_refuses_what_leaves_its_folder_with_an_empty_body() {
        Map<String, Integer> wanted = Map.of(
                "/view?filename=nope.png&type=output", 404,
                "/view?type=output", 404,
                "/view?filename=&type=output", 400,
                "/view?filename=a.png&type=secret", 400,
                "/view?filename=..%2F..%2Fserver.py&type=output", 400,
                "/view?filename=%2Fetc%2Fpasswd&type=output", 400,
                "/view?filename=server.py&subfolder=..%2F..&type=output", 403,
                "/view?filename=passwd&subfolder=%2Fetc&type=output", 403,
                "/view?filename=a.png&type=temp", 404);

        wanted.forEach((path, status) -> {
            Reply reply = http.get(path);
            assertThat(reply.status()).as(path).isEqualTo(status);
            assertThat(reply.body()).as(path).isEmpty();
        });
    }

    @Test
    void view_drops_a_folder_inside_the_name() {
        JsonObject image = made();
        String inside = image.text("subfolder").orElseThrow() + "%2F"
                + image.text("filename").orElseThrow();

        assertThat(http.get("/view?filename=" + inside + "&type=output").status())
                .isEqualTo(404);
    }

    @Test
    void upload_of_the_same_bytes_gives_the_same_name_and_of_other_bytes_a_new_one() {
        String name = anyName();
        String stem = name.replace(".png", "");

        assertThat(upload("/upload/image", name, png(1)).object().text("name")).hasValue(name);
        assertThat(upload("/upload/image", name, png(1)).object().text("name")).hasValue(name);
        assertThat(upload("/upload/image", name, png(2)).object().text("name")).hasValue(stem + " (1).png");
        assertThat(upload("/upload/image", name, png(3), "overwrite", "false")
                        .object()
                        .text("name"))
                .hasValue(stem + " (2).png");
        assertThat(upload("/upload/image", name, png(4), "overwrite", "true")
                        .object()
                        .text("name"))
                .hasValue(name);
    }

    @Test
    void upload_goes_to_a_type_and_subfolder_and_tells_them() {
        String name = anyName();
        JsonObject stored = upload("/upload/image", name, png(5), "type", "temp", "subfolder", "gaze/run1")
                .object();

        assertThat(stored).isEqualTo(JsonObject.of("name", name, "subfolder", "gaze/run1", "type", "temp"));
        assertThat(http.get("/view?filename=" + name + "&subfolder=gaze/run1&type=temp")
                        .body())
                .isEqualTo(png(5));
    }

    @Test
    void upload_refuses_traversal_and_bodies_without_an_image() {
        assertThat(upload("/upload/image", "t.png", png(1), "subfolder", "../../x")
                        .status())
                .isEqualTo(400);
        assertThat(upload("/upload/image", "../../evil.png", png(1)).status()).isEqualTo(400);
        assertThat(http.post("/upload/image", JsonObject.of("image", "x")).status())
                .isEqualTo(400);
        assertThat(http.upload(
                                "/upload/image",
                                new MultipartBody.Builder()
                                        .setType(MultipartBody.FORM)
                                        .addFormDataPart("type", "input")
                                        .build())
                        .status())
                .isEqualTo(400);
        assertThat(upload("/upload/image", "t.png", png(1), "type", "secret").status())
                .isEqualTo(500);
        assertThat(upload("/upload/image", "", png(1)).status()).isEqualTo(500);
    }

    @Test
    void upload_does_not_look_at_the_content() {
        String name = anyName();
        upload("/upload/image", name, new byte[] {1, 2, 3});
        JsonObject graph = JsonObject.of(
                "1", Graphs.node("LoadImage", "image", name),
                "2", Graphs.node("PreviewImage", "images", Graphs.link("1", 0)));

        assertThat(http.run(graph).text("status", "status_str")).hasValue("error");
    }

    @Test
    void upload_above_the_limit_is_413() {
        long limit = http.get("/features")
                .object()
                .number("max_upload_size")
                .orElseThrow()
                .asBigInteger()
                .longValue();

        assertThat(upload("/upload/image", anyName(), new byte[(int) limit + 1]).status())
                .isEqualTo(413);
    }

    @Test
    void a_mask_becomes_the_alpha_channel_of_the_image_it_refers_to() throws Exception {
        String name = anyName();
        upload("/upload/image", name, png(0xff112233));
        String mask = anyName();
        String original = "{\"filename\": \"" + name + "\", \"type\": \"input\", \"subfolder\": \"\"}";
        Reply reply = upload("/upload/mask", mask, png(0x40000000), "original_ref", original, "type", "temp");
        byte[] both = http.get("/view?filename=" + mask + "&type=temp").body();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(ImageIO.read(new ByteArrayInputStream(both)).getRGB(3, 3)).isEqualTo(0x40112233);
    }

    @Test
    void a_mask_of_a_missing_image_is_200_and_writes_nothing_and_without_reference_500() {
        String mask = anyName();
        Reply reply = upload(
                "/upload/mask", mask, png(1), "original_ref", "{\"filename\": \"nothere.png\", \"type\": \"input\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.object().text("name")).hasValue(mask);
        assertThat(http.get("/view?filename=" + mask + "&type=input").status()).isEqualTo(404);
        assertThat(upload("/upload/mask", anyName(), png(1)).status()).isEqualTo(500);
    }

    @Test
    void definitions_load_image_takes_files_that_are_not_listed() {
        String name = anyName();
        upload("/upload/image", name, png(0xff00ff00), "type", "temp");
        JsonObject graph = JsonObject.of(
                "1", Graphs.node("LoadImage", "image", name + " [temp]"),
                "2", Graphs.node("PreviewImage", "images", Graphs.link("1", 0)));

        assertThat(http.run(graph).text("status", "status_str")).hasValue("success");
    }

    @Test
    void submitting_12_the_png_carries_the_graph_and_every_entry_of_extra_pnginfo_in_ascii() {
        JsonObject graph = Graphs.preview();
        JsonObject info = JsonObject.of("gaze", JsonObject.of("tags", JsonArray.of("é", "日本")));
        try (RawSocket socket = http.socket("chunks")) {
            Reply reply = http.prompt(graph, "chunks", "extra_data", JsonObject.of("extra_pnginfo", info));
            String id = reply.object().text("prompt_id").orElseThrow();
            socket.untilEnd(id);
            Map<String, String> texts =
                    PngTexts.of(http.get(view(image(http.history(id), "2"))).body());

            assertThat(Json.object(texts.get("prompt"))).isEqualTo(graph);
            assertThat(Json.object(texts.get("gaze"))).isEqualTo(info.object("gaze"));
            assertThat(texts.get("gaze")).matches("\\p{ASCII}*");
        }
    }

    @Test
    void submitting_12_files_are_numbered_per_prefix() {
        String prefix = "gaze/contract_" + UUID.randomUUID();
        String first =
                image(http.run(Graphs.save(1, prefix)), "2").text("filename").orElseThrow();
        String second =
                image(http.run(Graphs.save(2, prefix)), "2").text("filename").orElseThrow();

        assertThat(List.of(first, second))
                .containsExactly(prefix.substring(5) + "_00001_.png", prefix.substring(5) + "_00002_.png");
    }

    @Test
    void submitting_12_dates_and_sizes_expand_in_the_prefix_and_other_marks_stay() {
        JsonObject image = image(http.run(Graphs.save(3, "gaze/%date:yyyy%/%year%-%width%x%height%")), "2");

        assertThat(image.text("subfolder"))
                .hasValueSatisfying(text -> assertThat(text.replace('\\', '/')).isEqualTo("gaze/%date:yyyy%"));
        assertThat(image.text("filename"))
                .hasValueSatisfying(text -> assertThat(text).matches("20[0-9]{2}-64x64_[0-9]{5}_\\.png"));
    }

    @Test
    void a_prefix_outside_the_output_folder_fails_while_running() {
        JsonObject entry = http.run(Graphs.save(Graphs.anyColour(), "../../escape"));

        assertThat(entry.text("status", "status_str")).hasValue("error");
        assertThat(entry.toString()).contains("outside the output folder");
    }
}
