package dev.gaze.comfy.embedded.node;

/** What one node class does. */
@FunctionalInterface
public interface NodeFunction {
    /** Runs the node. */
    NodeResult run(NodeCall call) throws NodeFailure, Stopped;
}
