/**
 * The front door: {@link dev.gaze.api.Gaze}.
 *
 * <p>Codes such as (G3) in the Javadoc are numbers of requirements: the tests that hold one carry it as a tag, and the
 * build of the example host lists them in its {@code target/requirements.txt}.
 */
@NullMarked
package dev.gaze.api;

import org.jspecify.annotations.NullMarked;
