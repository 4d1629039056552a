package dev.gaze.core.plugin;

import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.Position;

/**
 * An extension as its plugin declared it, read once.
 *
 * @param id its name
 * @param position where it wants to stand
 * @param extension the extension
 * @param by who declares it
 * @param <E> its type
 */
record Declared<E extends Extension>(String id, Position position, E extension, Plugin by) {

    Order.Item<Declared<E>> item() {
        return new Order.Item<>(id, position, this);
    }

    Declared<E> at(Position other) {
        return new Declared<>(id, other, extension, by);
    }
}
