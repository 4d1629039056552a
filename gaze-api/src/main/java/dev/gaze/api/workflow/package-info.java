/**
 * ComfyUI graphs. A {@link WorkflowTemplate} is a graph whose nodes have roles; a {@link WorkflowWirer} puts a plan into
 * it and gives a {@link Workflow}, ready to be sent. Both are values, and wiring is a pure function of template, plan
 * and {@link ServerFacts}.
 */
@NullMarked
package dev.gaze.api.workflow;

import org.jspecify.annotations.NullMarked;
