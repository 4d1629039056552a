package dev.gaze.core.template;

import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.Resolution;
import dev.gaze.api.template.Sampling;
import dev.gaze.api.template.TemplateRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Wildcards in memory, found by their exact path, and the texts templates give with them. */
final class Words implements WildcardSource {
    private final Map<String, Pool> pools = new LinkedHashMap<>();

    static Words none() {
        return new Words();
    }

    Words put(String path, String... entries) {
        Origin origin = new Origin(path, "", null);
        return put(
                path,
                Arrays.stream(entries)
                        .map(entry -> Entry.of(entry, 1, origin, ItemRules.NONE))
                        .toArray(Entry[]::new));
    }

    Words put(String path, Entry... entries) {
        pools.put(path, ListPool.of(List.of(entries)));
        return this;
    }

    @Override
    public Pool find(String path, Origin from) {
        return pools.get(path);
    }

    List<Resolution> run(TemplateRequest request) {
        TemplateRun run = new TemplateRun(request, this);
        List<Resolution> all = new ArrayList<>();
        for (Resolution one = run.next(); one != null; one = run.next()) {
            all.add(one);
        }
        return all;
    }

    List<String> texts(TemplateRequest request) {
        return run(request).stream().map(Resolution::text).toList();
    }

    List<String> all(String template) {
        return texts(
                TemplateRequest.of(template).sampling(Sampling.COMBINATORIAL).count(1_000));
    }

    List<String> inTurn(String template, int count) {
        return texts(TemplateRequest.of(template).sampling(Sampling.CYCLICAL).count(count));
    }

    List<String> random(String template, long seed, int count) {
        return texts(TemplateRequest.of(template).seed(seed).count(count));
    }

    String one(String template) {
        return random(template, 1, 1).get(0);
    }

    List<Problem> warnings(String template) {
        return run(TemplateRequest.of(template)).get(0).warnings();
    }
}
