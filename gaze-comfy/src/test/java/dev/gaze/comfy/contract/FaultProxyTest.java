package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.comfy.embedded.FaultProxy;
import dev.gaze.comfy.embedded.FaultProxy.Direction;
import dev.gaze.comfy.embedded.FaultProxy.Traffic;
import dev.gaze.testkit.ManualTime;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The trouble a proxy makes between a client and a good server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultProxyTest {
    private final ManualTime time = new ManualTime();
    private final EmbeddedComfy comfy =
            EmbeddedComfy.builder().time(time).basePath("/comfy").start();
    private final FaultProxy proxy = FaultProxy.before(comfy.address(), time);
    private final RawComfy http = new RawComfy(proxy.address(), 10);

    @AfterEach
    void close() {
        http.close();
        proxy.close();
        comfy.close();
    }

    @Test
    void without_trouble_everything_passes_both_ways() {
        assertThat(proxy.address().getPath()).isEqualTo("/comfy");
        assertThat(http.run(Graphs.preview()).text("status", "status_str")).hasValue("success");
        assertThat(proxy.connections()).isPositive();
    }

    @Test
    void cutting_ends_what_stands_and_not_what_comes_later() {
        RawSocket socket = http.socket("cut");
        proxy.cut(Traffic.SOCKETS);

        assertThat(socket.awaitEnd()).isEqualTo("failed");
        comfy.awaitSockets(0);
        assertThat(http.get("/queue").status()).isEqualTo(200);
        proxy.cut(Traffic.ALL);
        await().until(() -> proxy.connections() == 0);
        assertThat(http.get("/queue").status()).isEqualTo(200);
    }

    @Test
    void refusing_is_as_if_nobody_listened_and_leaves_what_stands_alone() {
        try (RawSocket socket = http.socket("stays")) {
            proxy.refuse();
            try (RawComfy newcomer = new RawComfy(proxy.address(), 10)) {
                assertThatThrownBy(() -> newcomer.get("/queue")).hasCauseInstanceOf(ConnectException.class);
                proxy.pass();
                assertThat(newcomer.get("/queue").status()).isEqualTo(200);
            }
            assertThat(socket.isOpen()).isTrue();
        }
    }

    @Test
    void swallowed_bytes_never_come_and_nobody_is_told() {
        try (RawSocket socket = http.socket("silent")) {
            proxy.swallow(Traffic.SOCKETS, Direction.TO_CLIENT);
            String id = http.submit(Graphs.preview(), "silent");
            comfy.awaitFinished(1);
            assertThat(http.history(id).members()).isNotEmpty();

            assertThat(socket.left()).isEmpty();
            assertThat(socket.isOpen()).isTrue();
            proxy.pass();
            socket.untilEnd(http.submit(Graphs.preview(), "silent"));
        }
    }

    @Test
    void a_request_can_reach_the_server_without_its_answer_coming_back() throws Exception {
        proxy.swallow(Traffic.ALL, Direction.TO_CLIENT);
        CompletableFuture<Reply> answer = CompletableFuture.supplyAsync(() -> http.prompt(Graphs.preview(), null));
        comfy.awaitFinished(1);

        assertThat(answer).isNotDone();
        proxy.cut(Traffic.ALL);
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(UncheckedIOException.class);
    }

    @Test
    void delayed_bytes_come_when_their_time_has_come() throws Exception {
        proxy.delay(Traffic.ALL, Duration.ofSeconds(3));
        CompletableFuture<Reply> answer = CompletableFuture.supplyAsync(() -> http.get("/queue"));
        await().until(() -> time.waiting() > 0);
        assertThat(answer).isNotDone();
        await().until(() -> {
            time.advance(Duration.ofSeconds(1));
            return answer.isDone();
        });

        assertThat(answer.get().status()).isEqualTo(200);
        proxy.pass();
        assertThat(http.get("/queue").status()).isEqualTo(200);
    }

    @Test
    void a_connection_ends_after_as_many_bytes_as_it_is_given() {
        proxy.cutAfter(500);
        assertThatThrownBy(() -> http.get("/object_info")).isInstanceOf(UncheckedIOException.class);

        proxy.pass();
        assertThat(http.get("/object_info").body()).hasSizeGreaterThan(10_000);
        assertThatThrownBy(() -> proxy.cutAfter(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_server_that_is_away_is_away_behind_the_proxy_too() {
        comfy.close();

        assertThatThrownBy(() -> http.get("/queue")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void closing_ends_its_threads_and_its_connections() {
        RawSocket socket = http.socket("ends");
        proxy.refuse();
        proxy.close();
        proxy.pass();

        assertThat(socket.awaitEnd()).isEqualTo("failed");
        assertThat(proxy.connections()).isZero();
        assertThatThrownBy(() -> http.get("/queue")).isInstanceOf(UncheckedIOException.class);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("fault-proxy")));
    }

    @Test
    void it_stands_before_http_servers_with_a_port() {
        assertThatThrownBy(() -> FaultProxy.before(URI.create("https://host:1/"), time))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FaultProxy.before(URI.create("http://host/"), time))
                .hasMessageContaining("http://127.0.0.1:8188");
    }
}
