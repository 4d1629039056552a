/** The server's three folders of images: what it made, what was sent to it, and what may go with a restart. */
@NullMarked
package dev.gaze.comfy.embedded.files;

import org.jspecify.annotations.NullMarked;
