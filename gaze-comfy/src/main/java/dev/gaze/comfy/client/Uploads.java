package dev.gaze.comfy.client;

import dev.gaze.api.json.JsonObject;
import okhttp3.HttpUrl;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/** Puts files on the server: {@code POST /upload/image} and {@code POST /upload/mask}. */
final class Uploads {
    private final Http http;

    Uploads(Http http) {
        this.http = http;
    }

    OutputFile image(Upload image) {
        return send("image", form(image).build());
    }

    OutputFile mask(Upload mask, OutputFile original) {
        JsonObject reference = JsonObject.of(
                "filename", original.filename(), "subfolder", original.subfolder(), "type", original.type());
        return send(
                "mask",
                form(mask).addFormDataPart("original_ref", reference.toString()).build());
    }

    private static MultipartBody.Builder form(Upload upload) {
        return new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("image", upload.name(), RequestBody.create(upload.bytes(), null))
                .addFormDataPart("type", upload.type())
                .addFormDataPart("subfolder", upload.subfolder())
                .addFormDataPart("overwrite", Boolean.toString(upload.overwrite()));
    }

    private OutputFile send(String kind, MultipartBody body) {
        HttpUrl url = http.url("upload", kind);
        JsonObject placed = http.object(http.require(http.ask(url, body, http.patience())));
        String name = placed.text("name").orElse("");
        if (name.isBlank()) {
            throw http.otherShape("POST " + url.encodedPath());
        }
        return new OutputFile(
                "",
                "images",
                name,
                placed.text("subfolder").orElse(""),
                placed.text("type").orElse("input"));
    }
}
