package dev.gaze.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gaze.api.history.HistoryId;
import dev.gaze.api.writer.ConversationId;
import dev.gaze.api.writer.ConversationState;
import dev.gaze.api.writer.ConversationState.Said;
import dev.gaze.api.writer.ConversationState.Speaker;
import dev.gaze.api.writer.ConversationStore;
import dev.gaze.core.small.SmallDatabase;
import dev.gaze.core.small.SmallPostgres;
import dev.gaze.core.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations in a database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConversationsTest {

    @Nested
    class OnFile extends Contract {
        @TempDir
        private Path home;

        @Override
        Database open() {
            return SmallDatabase.copyTo(home);
        }
    }

    @Nested
    class OnServer extends Contract {
        @Override
        Database open() {
            return Database.server(SmallPostgres.fresh());
        }
    }

    @DisplayNameGeneration(ReplaceUnderscores.class)
    abstract static class Contract {
        private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
        private final Random random = new Random(7);
        private Database database;
        private ConversationStore store;

        abstract Database open();

        @BeforeEach
        void openStore() {
            database = open();
            store = new DatabaseConversations(() -> database);
        }

        @AfterEach
        void close() {
            database.close();
        }

        private ConversationState state(Instant used, String... said) {
            return new ConversationState(
                    ConversationId.draw(random),
                    "sdxl",
                    List.of(new Said(Speaker.SYSTEM, "be brief"), new Said(Speaker.USER, String.join(" ", said))),
                    null,
                    used);
        }

        @Test
        @Tag("P51")
        @Tag("P55")
        void a_conversation_is_kept_as_it_was_saved_last() {
            ConversationState first = state(NOON, "a lighthouse");
            store.save(first);
            ConversationState second = new ConversationState(
                    first.id(),
                    "flux",
                    List.of(new Said(Speaker.ASSISTANT, "x".repeat(100_000))),
                    new HistoryId(3),
                    NOON.plusSeconds(1));

            assertThat(store.find(first.id())).contains(first);
            store.save(second);

            assertThat(store.find(first.id())).contains(second);
            assertThat(store.delete(first.id())).isTrue();
            assertThat(store.delete(first.id())).isFalse();
            assertThat(store.find(first.id())).isEmpty();
        }

        @Test
        @Tag("P55")
        void what_was_idle_for_a_day_is_dropped_at_the_next_save() {
            ConversationState old = state(NOON.minus(Duration.ofHours(24)).minusMillis(1), "old");
            ConversationState young = state(NOON.minus(Duration.ofHours(24)), "young");
            store.save(old);
            store.save(young);
            assertThat(store.find(old.id())).isPresent();

            store.save(state(NOON, "new"));

            assertThat(store.find(old.id())).isEmpty();
            assertThat(store.find(young.id())).isPresent();
        }
    }

    @Test
    void ids_are_sixteen_random_bytes() {
        ConversationId id = ConversationId.draw(new Random(1));

        assertThat(id.value()).hasSize(32);
        assertThat(ConversationId.draw(new Random(1))).isEqualTo(id);
        assertThat(ConversationId.draw(new Random(2))).isNotEqualTo(id);
        assertThatIllegalArgumentException().isThrownBy(() -> new ConversationId("../../etc/passwd"));
    }
}
