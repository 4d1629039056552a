package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.WorkflowNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts checkpoint and VAE in, as the server spells them (G32). */
final class ModelFiles {
    private static final int VAE_OUTPUT = 2;

    private final Wiring wiring;

    private ModelFiles(Wiring wiring) {
        this.wiring = wiring;
    }

    static void put(Wiring wiring) {
        ModelFiles files = new ModelFiles(wiring);
        CheckpointSettings settings = wiring.plan.checkpoint();
        GraphNode loader =
                settings == null ? wiring.role(Role.CHECKPOINT) : wiring.required(Role.CHECKPOINT, "the checkpoint");
        if (loader != null) {
            files.checkpoint(loader, settings);
            if (settings != null) {
                files.vae(loader, settings);
            }
        }
    }

    private void checkpoint(GraphNode loader, @Nullable CheckpointSettings settings) {
        String input = NodeShape.modelFile(loader);
        String file = settings != null ? settings.path() : input == null ? null : loader.text(input);
        if (input == null || file == null) {
            return;
        }
        ServerFiles files = ServerFiles.of(wiring.facts, loader.classType(), input);
        Optional<String> spelt = files.spelling(file);
        if (spelt.isEmpty() && wiring.plan.missing() == Missing.LEAVE_OUT) {
            spelt = files.first();
            spelt.ifPresent(standIn -> wiring.warn(
                    Problem.of("Checkpoint '%s' stands in for '%s', which the server lacks".formatted(standIn, file))
                            .fix("pictures will differ; put the file into ComfyUI/models/checkpoints to have it")));
        }
        spelt.ifPresentOrElse(
                name -> loader.set(input, name),
                () -> wiring.problem(files.missing(
                        "checkpoint",
                        file,
                        settings == null
                                ? "template " + wiring.template.name() + ", node " + loader
                                : "the checkpoint")));
    }

    private void vae(GraphNode loader, CheckpointSettings settings) {
        GraphNode vaeLoader = wiring.role(Role.VAE);
        Link integrated = loader.has("ckpt_name") ? new Link(loader.id(), VAE_OUTPUT) : null;
        String file = settings.hasIntegratedVae()
                ? null
                : spelt(settings.vae(), vaeLoader, integrated != null ? "the checkpoint" : "the template");
        Link now = wiring.vae();
        Link wanted = integrated;
        if (file != null) {
            if (vaeLoader == null) {
                vaeLoader = wiring.graph.add(
                        WorkflowNode.of(wiring.graph.freshId(), "VAELoader", "VAE", JsonObject.of("vae_name", file)));
                wiring.play(Role.VAE, vaeLoader);
            }
            vaeLoader.set("vae_name", file);
            wanted = new Link(vaeLoader.id(), 0);
        }
        if (wanted == null) {
            return; // a graph of separate loaders has no VAE inside its checkpoint; its own stays
        }
        Map<Link, Link> moved = new HashMap<>();
        if (now != null) {
            moved.put(now, wanted);
        }
        if (integrated != null) {
            moved.put(integrated, wanted);
        }
        if (vaeLoader != null) {
            moved.put(new Link(vaeLoader.id(), 0), wanted);
        }
        moved.remove(wanted);
        wiring.graph.relink(moved);
        if (vaeLoader != null && wiring.graph.consumers(vaeLoader).isEmpty()) {
            wiring.remove(vaeLoader);
        }
    }

    /** The server's name of a VAE file; null when the one of the checkpoint or the template has to do. */
    private @Nullable String spelt(String file, @Nullable GraphNode loader, String otherwise) {
        ServerFiles files = ServerFiles.of(wiring.facts, loader == null ? "VAELoader" : loader.classType(), "vae_name");
        Optional<String> spelt = files.spelling(file);
        if (spelt.isEmpty() && wiring.plan.missing() == Missing.LEAVE_OUT) {
            wiring.warn(
                    Problem.of("The VAE of %s is used, since the server has no VAE '%s'".formatted(otherwise, file)));
        } else if (spelt.isEmpty()) {
            wiring.problem(files.missing("VAE", file, "the checkpoint's VAE"));
        }
        return spelt.orElse(null);
    }
}
