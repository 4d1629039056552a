import dev.gaze.api.*
import dev.gaze.api.asset.*
import dev.gaze.api.job.*
import dev.gaze.api.plan.*
import dev.gaze.api.prompt.*
import dev.gaze.api.workflow.*
import java.net.URI
import java.nio.file.Path
import java.time.Duration

Gaze open(Path library) {
    String comfy = System.getenv("GAZE_COMFY_URL");
    GazeBuilder builder = Gaze.builder().library(library);
    return comfy == null || comfy.isBlank() ? builder.embedded().open() : builder.server(URI.create(comfy)).open();
}

Gaze gaze = open(Path.of("target/jshell-library"))
Runtime.getRuntime().addShutdownHook(new Thread(gaze::close))
System.out.println("The sample library is open as 'gaze'. Try:  gaze.prompts().character(\"mira_vale\").with(\"outfit\", \"raincoat\").build()")
