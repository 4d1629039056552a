package dev.gaze.core.plugin;

import static dev.gaze.api.plugin.Position.ANYWHERE;
import static dev.gaze.api.plugin.Position.after;
import static dev.gaze.api.plugin.Position.before;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.plugin.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderTest {

    @Test
    void without_wishes_the_given_order_stays() {
        assertThat(sorted(List.of(at("c", ANYWHERE), at("a", ANYWHERE), at("b", ANYWHERE))))
                .containsExactly("c", "a", "b");
    }

    @Test
    void after_means_directly_behind_and_several_stand_by_name() {
        assertThat(sorted(List.of(
                        at("x", ANYWHERE),
                        at("y", ANYWHERE),
                        at("zebra", after("x")),
                        at("ant", after("x")),
                        at("mole", after("x")))))
                .containsExactly("x", "ant", "mole", "zebra", "y");
    }

    @Test
    void before_means_directly_in_front_and_several_stand_by_name() {
        assertThat(sorted(List.of(at("x", ANYWHERE), at("y", ANYWHERE), at("b", before("y")), at("a", before("y")))))
                .containsExactly("x", "a", "b", "y");
    }

    @Test
    void a_follower_brings_its_own_followers_along() {
        assertThat(sorted(List.of(
                        at("x", ANYWHERE),
                        at("z", after("x")),
                        at("a", after("x")),
                        at("b", after("a")),
                        at("c", before("a")))))
                .containsExactly("x", "c", "a", "b", "z");
    }

    @Test
    void between_two_neighbours_the_one_that_follows_stands_first() {
        assertThat(sorted(List.of(
                        at("x", ANYWHERE), at("y", ANYWHERE), at("front", before("y")), at("back", after("x")))))
                .containsExactly("x", "back", "front", "y");
    }

    @Test
    void whose_neighbour_is_not_there_is_told_and_stays_in_the_order() {
        Order<String> order = Order.of(List.of(at("x", ANYWHERE), at("stray", after("nobody")), at("y", ANYWHERE)));

        assertThat(order.lost()).extracting(Order.Item::name).containsExactly("stray");
        assertThat(order.sorted()).containsExactly("x", "stray", "y");
    }

    @Test
    void a_circle_is_told_once_from_its_first_name_on_without_those_who_only_hang_on_it() {
        Order<String> order = Order.of(List.of(
                at("hanger", after("c")),
                at("c", after("b")),
                at("x", ANYWHERE),
                at("b", before("a")),
                at("a", after("c")),
                at("self", after("self"))));

        assertThat(order.circles())
                .extracting(circle -> circle.stream().map(Order.Item::name).toList())
                .containsExactly(List.of("a", "c", "b"), List.of("self"));
        assertThat(order.sorted()).containsExactlyInAnyOrder("hanger", "c", "x", "b", "a", "self");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_order_of_discovery_never_matters_to_those_with_a_wish(long seed) {
        Random random = new Random(seed);
        List<Order.Item<String>> items = forest(random);
        List<String> expected = Order.of(items).sorted();

        List<Order.Item<String>> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        shuffled.sort(
                (a, b) -> Boolean.compare(b.neighbour().isEmpty(), a.neighbour().isEmpty()));
        List<Order.Item<String>> roots =
                items.stream().filter(item -> item.neighbour().isEmpty()).toList();
        for (int i = 0; i < roots.size(); i++) {
            shuffled.set(i, roots.get(i)); // those without a wish keep their own order
        }

        assertThat(Order.of(shuffled).sorted()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothing_but_followers_stands_between_a_neighbour_and_its_follower(long seed) {
        List<Order.Item<String>> items = forest(new Random(seed));
        List<String> sorted = Order.of(items).sorted();

        assertThat(sorted).hasSameSizeAs(items).doesNotHaveDuplicates();
        for (Order.Item<String> item : items) {
            item.neighbour().ifPresent(neighbour -> {
                int mine = sorted.indexOf(item.name());
                int its = sorted.indexOf(neighbour);
                if (item.position() instanceof Position.After) {
                    assertThat(mine).isGreaterThan(its);
                } else {
                    assertThat(mine).isLessThan(its);
                }
                assertThat(sorted.subList(Math.min(mine, its) + 1, Math.max(mine, its)))
                        .allSatisfy(between ->
                                assertThat(leadsTo(between, neighbour, items)).isTrue());
            });
        }
    }

    private static boolean leadsTo(String name, String target, List<Order.Item<String>> items) {
        String at = name;
        while (!at.equals(target)) {
            String here = at;
            Order.Item<String> item = items.stream()
                    .filter(one -> one.name().equals(here))
                    .findFirst()
                    .orElseThrow();
            if (item.neighbour().isEmpty()) {
                return false;
            }
            at = item.neighbour().get();
        }
        return true;
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    /** Random wishes, each for a name that was there before it, so that there is no circle. */
    private static List<Order.Item<String>> forest(Random random) {
        List<Order.Item<String>> items = new ArrayList<>();
        List<String> names = new ArrayList<>(
                IntStream.range(0, 12).mapToObj(i -> "n" + (char) ('a' + i)).toList());
        Collections.shuffle(names, random);
        for (String name : names) {
            int wish = items.isEmpty() ? 0 : random.nextInt(3);
            String neighbour = items.isEmpty()
                    ? ""
                    : items.get(random.nextInt(items.size())).name();
            items.add(at(name, wish == 0 ? ANYWHERE : wish == 1 ? after(neighbour) : before(neighbour)));
        }
        Collections.shuffle(items, random);
        return items;
    }

    private static Order.Item<String> at(String name, Position position) {
        return new Order.Item<>(name, position, name);
    }

    private static List<String> sorted(List<Order.Item<String>> items) {
        return Order.of(items).sorted();
    }
}
