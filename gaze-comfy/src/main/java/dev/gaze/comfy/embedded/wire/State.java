package dev.gaze.comfy.embedded.wire;

import dev.gaze.comfy.embedded.definition.ModelShelves;
import dev.gaze.comfy.embedded.fault.Faults;
import dev.gaze.comfy.embedded.files.AnnotatedName;
import dev.gaze.comfy.embedded.files.ServerFolders;
import dev.gaze.comfy.embedded.run.Engine;
import dev.gaze.comfy.embedded.run.QueuedPrompt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the routes work on.
 *
 * @param engines the engine of the moment; a restart makes a new one
 * @param faults what goes wrong
 * @param folders the images
 * @param shelves the models
 * @param receiver told of each accepted prompt, once it is in the queue
 */
record State(
        Supplier<Engine> engines,
        Faults faults,
        ServerFolders folders,
        ModelShelves shelves,
        Consumer<QueuedPrompt> receiver) {

    Engine engine() {
        return engines.get();
    }

    void received(QueuedPrompt prompt) {
        receiver.accept(prompt);
    }

    boolean imageExists(String annotatedName) {
        return folders.find(AnnotatedName.of(annotatedName), "", ServerFolders.INPUT)
                .isPresent();
    }
}
