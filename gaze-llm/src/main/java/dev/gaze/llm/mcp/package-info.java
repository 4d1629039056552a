/**
 * Tools by the Model Context Protocol, in both directions: models here call the tools of MCP servers, and
 * {@link dev.gaze.llm.mcp.ToolServing} offers GAZE's tools to programs elsewhere.
 *
 * <p>The protocol itself is the MCP Java SDK's matter. It is optional: put {@code io.modelcontextprotocol.sdk:mcp-core}
 * and {@code mcp-json-jackson3} beside GAZE to use it.
 */
@NullMarked
package dev.gaze.llm.mcp;

import org.jspecify.annotations.NullMarked;
