import dev.gaze.api.*
import dev.gaze.api.asset.*
import dev.gaze.api.author.*
import dev.gaze.api.backend.*
import dev.gaze.api.chat.*
import dev.gaze.api.history.*
import dev.gaze.api.image.*
import dev.gaze.api.job.*
import dev.gaze.api.plan.*
import dev.gaze.api.preset.*
import dev.gaze.api.problem.*
import dev.gaze.api.prompt.*
import dev.gaze.api.tag.*
import dev.gaze.api.template.*
import dev.gaze.api.workflow.*
import dev.gaze.api.writer.*
import java.net.URI
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration

Gaze open(Path library) {
    String comfy = System.getenv("GAZE_COMFY_URL");
    GazeBuilder builder = Gaze.builder().library(library);
    return comfy == null || comfy.isBlank() ? builder.embedded().open() : builder.server(URI.create(comfy)).open();
}

// Nothing is opened, and so no empty library made, where this was not started from the top of the clone.
Path sample = Path.of("target/jshell-library").toAbsolutePath()
Gaze gaze = Files.isDirectory(sample) ? open(sample) : null
if (gaze != null) Runtime.getRuntime().addShutdownHook(new Thread(gaze::close))
if (gaze != null) System.out.println("The sample library is open as 'gaze'. Try:  gaze.preview(GenerationRequest.mix().character(\"mira_vale\"))")
if (!Files.isDirectory(sample)) System.out.println("There is no sample library at " + sample + ". Run 'mvn -q -Pjshell' and start JShell in the same folder, or open your own:  gaze = open(Path.of(\"library\"))")
