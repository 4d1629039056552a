/**
 * What the embedded server knows of nodes and models. The definitions are data: the resource {@code nodes.json} has the
 * shape of ComfyUI's {@code /object_info}, and an entry {@code @loras} in a list stands for the names on that model
 * shelf ({@code @bbox/ultralytics_bbox} for the shelf's names behind {@code bbox/}).
 */
@NullMarked
package dev.gaze.comfy.embedded.definition;

import org.jspecify.annotations.NullMarked;
