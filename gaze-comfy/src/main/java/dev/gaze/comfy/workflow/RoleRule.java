package dev.gaze.comfy.workflow;

import dev.gaze.api.workflow.Role;
import java.util.Collection;
import java.util.Map;

/**
 * One way to tell which node plays a role. Rules are asked strongest first; where one sees several nodes, a weaker one
 * may only choose among these.
 */
interface RoleRule {

    /**
     * The nodes that may play a role by this rule.
     *
     * @param found the roles before this one in {@link Role}'s order, as far as they are known
     * @return none when the rule has nothing to say
     */
    Collection<GraphNode> candidates(Role role, Graph graph, Map<Role, GraphNode> found);
}
