package dev.gaze.core.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Nodes in the order in which they are read; neighbouring texts become one. */
final class Pieces {
    private final List<Node> nodes = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    void add(char c) {
        text.append(c);
    }

    void add(CharSequence more) {
        text.append(more);
    }

    void add(Node node) {
        if (node instanceof Node.Text plain) {
            text.append(plain.text());
        } else if (node instanceof Node.Sequence several) {
            several.parts().forEach(this::add);
        } else {
            flush();
            nodes.add(node);
        }
    }

    /** Takes away the blanks at the end if a line ends among them. */
    void trimLineEnd() {
        int end = text.length();
        boolean lineEnds = false;
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
            lineEnds |= text.charAt(end) == '\n';
        }
        if (lineEnds) {
            text.setLength(end);
        }
    }

    /** Takes away all blanks at both ends. */
    void trim() {
        flush();
        replaceText(0, String::stripLeading);
        replaceText(nodes.size() - 1, String::stripTrailing);
    }

    private void replaceText(int index, UnaryOperator<String> change) {
        if (index >= 0 && index < nodes.size() && nodes.get(index) instanceof Node.Text old) {
            nodes.set(index, new Node.Text(change.apply(old.text())));
        }
    }

    List<Node> list() {
        flush();
        return nodes;
    }

    /** All of them as one node. */
    Node node() {
        flush();
        if (nodes.isEmpty()) {
            return Node.Text.NONE;
        }
        return nodes.size() == 1 ? nodes.get(0) : new Node.Sequence(nodes);
    }

    private void flush() {
        if (text.length() > 0) {
            nodes.add(new Node.Text(text.toString()));
            text.setLength(0);
        }
    }
}
