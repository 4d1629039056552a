package dev.gaze.core.job;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowWirer;
import java.util.List;
import java.util.function.Supplier;

/**
 * Wires requests, and judges which servers could make them.
 *
 * @param wirer knows graphs, with patches and deny list
 * @param servers all of them, as they are now
 */
record Wiring(WorkflowWirer wirer, Supplier<List<KnownServer>> servers) {

    /**
     * Wires a request for a server and finds everything it would refuse, before anything is sent.
     *
     * @throws GazeException {@code INVALID} with every problem
     */
    Workflow wire(Prepared prepared, ServerFacts facts) {
        Workflow workflow = wirer.wire(prepared.template(), prepared.plan(), facts);
        List<Problem> problems = wirer.check(workflow, prepared.plan(), facts);
        if (!problems.isEmpty()) {
            throw new GazeException(Kind.INVALID, null, problems);
        }
        return workflow;
    }

    /**
     * Judges a request while somebody waits for the answer: by what the servers have told so far, without asking them.
     * Only a request that would be refused is worth asking, as files may have been added since.
     *
     * @return warnings, when no server was known
     * @throws GazeException {@code INVALID} when no server can make it
     */
    List<Problem> judge(Graphs graphs) {
        List<KnownServer> known = servers.get().stream()
                .filter(server -> server.told().isPresent())
                .toList();
        if (known.isEmpty()) {
            wire(graphs.prepared(), ServerFacts.unknown());
            return List.of(unchecked("No server had told yet what it can make when the request was accepted"));
        }
        if (known.stream().anyMatch(graphs::mayGoTo)) {
            return List.of();
        }
        Refusals refusals = new Refusals();
        for (KnownServer server : servers.get()) {
            try {
                server.withFacts(facts -> graphs.wire(server, facts));
                return List.of();
            } catch (GazeException refusal) {
                if (!Refusals.isForThisServerOnly(refusal)) {
                    throw refusal;
                }
                if (!refusal.retryable()) {
                    refusals.add(server, refusal);
                }
            }
        }
        if (refusals.isEmpty()) {
            return List.of(
                    unchecked("No server could be asked whether it can make this when the request was accepted"));
        }
        throw refusals.together();
    }

    private static Problem unchecked(String what) {
        return Problem.of(what + "; it was checked when it was sent");
    }
}
