package dev.gaze.llm.mcp;

import dev.gaze.api.chat.ToolServer;
import dev.gaze.llm.client.KnownSecrets;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A server that is a program of ours, spoken with over its standard input and output, a message a line. The SDK's own
 * transport stops listening, without a word, at the first line that is no message, reads in the charset of the machine,
 * and tells nobody when the program cannot be started or has ended. Here such a line is passed over, and a message to a
 * program that is gone fails at once.
 */
final class ServerProcess implements McpClientTransport {
    private static final System.Logger LOG = System.getLogger(ServerProcess.class.getName());

    /** What programs need to find others, their files, their language; Windows spells some of them in small letters. */
    static final Set<String> HARMLESS = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "TERM",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TZ",
            "TMPDIR",
            "TEMP",
            "TMP",
            "APPDATA",
            "COMSPEC",
            "HOMEDRIVE",
            "HOMEPATH",
            "LOCALAPPDATA",
            "PATHEXT",
            "PROCESSOR_ARCHITECTURE",
            "PROGRAMDATA",
            "PROGRAMFILES",
            "SYSTEMDRIVE",
            "SYSTEMROOT",
            "USERNAME",
            "USERPROFILE",
            "WINDIR");

    /** How long a program may take to end when it is asked to. */
    private static final Duration TO_END = Duration.ofSeconds(2);

    private final ToolServer.Command server;
    private final KnownSecrets secrets;
    private final Runnable onEnd;
    private final McpJsonMapper mapper = McpJsonDefaults.getMapper();
    /** A program that does not read must not hold up whoever writes to it. */
    private final Scheduler writer;

    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Process process;
    private volatile @Nullable IOException end;

    /**
     * Starts nothing yet.
     *
     * @param server the command
     * @param secrets what must not be logged
     * @param onEnd called once, on whatever thread notices that the program could not be started or has ended
     */
    ServerProcess(ToolServer.Command server, KnownSecrets secrets, Runnable onEnd) {
        this.server = server;
        this.secrets = secrets;
        this.onEnd = onEnd;
        writer = Schedulers.newSingle("gaze-mcp-" + server.name() + "-out", true);
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return Mono.fromRunnable(() -> start(handler));
    }

    private void start(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        Process started;
        try {
            started = builder().start();
        } catch (IOException failure) {
            over(failure);
            throw new UncheckedIOException(failure);
        }
        process = started;
        Thread reader = thread("in", () -> read(started.getInputStream(), handler));
        thread("err", () -> drain(started.getErrorStream()));
        thread("end", () -> {
            started.waitFor();
            reader.join(TO_END.toMillis()); // what it said last is an answer, too
            over(new IOException("the program has ended"));
        });
    }

    /** Of our variables the program gets the harmless ones alone: among the others may be keys. */
    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(server.command());
        builder.environment().keySet().removeIf(name -> !HARMLESS.contains(name.toUpperCase(Locale.ROOT)));
        builder.environment().putAll(server.environment());
        return builder;
    }

    /** Something that goes on until the program ends. */
    private interface Watch {
        void run() throws IOException, InterruptedException;
    }

    private Thread thread(String what, Watch watch) {
        Thread thread = new Thread(
                () -> {
                    try {
                        watch.run();
                    } catch (IOException | InterruptedException ended) {
                        LOG.log(Level.DEBUG, "Nothing more comes from the program", ended);
                    }
                },
                "gaze-mcp-" + server.name() + "-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void over(IOException why) {
        if (over.compareAndSet(false, true)) {
            end = why;
            onEnd.run();
        }
    }

    // Messages -------------------------------------------------------------------------------------------------------

    private void read(InputStream out, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler)
            throws IOException {
        MessageLines lines = new MessageLines(out);
        for (String line = lines.next(); line != null; line = lines.next()) {
            JSONRPCMessage message;
            try {
                message = McpSchema.deserializeJsonRpcMessage(mapper, line);
            } catch (IOException | RuntimeException chatter) {
                LOG.log(Level.DEBUG, "{0} says: {1}", server.name(), secrets.without(line));
                continue;
            }
            handler.apply(Mono.just(message))
                    .subscribe(done -> {}, failure -> LOG.log(Level.DEBUG, "An MCP message failed", failure));
        }
    }

    private void drain(InputStream errors) throws IOException {
        MessageLines lines = new MessageLines(errors);
        for (String line = lines.next(); line != null; line = lines.next()) {
            LOG.log(Level.DEBUG, "{0}: {1}", server.name(), secrets.without(line));
        }
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.<Void>fromCallable(() -> {
                    write(message);
                    return null;
                })
                .subscribeOn(writer);
    }

    private void write(JSONRPCMessage message) throws IOException {
        IOException ended = end;
        Process running = process;
        if (ended != null || running == null) {
            throw ended != null ? ended : new IOException("the program was not started");
        }
        OutputStream in = running.getOutputStream();
        in.write((mapper.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return mapper.convertValue(data, type);
    }

    // The end --------------------------------------------------------------------------------------------------------

    /** Asks the program and those it has started to end, and ends them when they do not. */
    @Override
    public Mono<Void> closeGracefully() {
        return Mono.<Void>fromRunnable(this::stop).subscribeOn(Schedulers.boundedElastic());
    }

    private void stop() {
        writer.dispose();
        Process running = process;
        if (running == null) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(Stream.of(running.toHandle()), running.descendants())
                .toList();
        running.destroy(); // ends its input, too
        all.forEach(ProcessHandle::destroy);
        try {
            awaitEnd(running, all);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } finally {
            all.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** The end of the program itself is noticed at once, that of those it has started by looking now and then. */
    private static void awaitEnd(Process program, List<ProcessHandle> all) throws InterruptedException {
        long end = System.nanoTime() + TO_END.toNanos();
        program.waitFor(TO_END.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<?>[] left = all.stream()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(left).get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException ignoresTheWish) {
            LOG.log(Level.DEBUG, "A program that offers tools is ended by force", ignoresTheWish);
        }
    }
}
