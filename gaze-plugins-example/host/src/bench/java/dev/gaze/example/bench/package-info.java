/**
 * How fast GAZE is, told as ratios to a plain program that does the same work by hand in the same run. {@code mvn -q
 * -Pbench} runs {@link dev.gaze.example.bench.Bench}, prints its table and writes {@code target/bench.json}. A bad figure
 * is reported; it fails nothing.
 */
package dev.gaze.example.bench;
