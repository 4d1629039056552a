package dev.gaze.api.engine;

import org.jspecify.annotations.Nullable;

/**
 * How to reach a database server. Secrets in it are never printed.
 *
 * @param url {@code jdbc:postgresql://host:port/name}, with the driver's parameters behind a {@code ?} if need be
 * @param user who logs in; null when the address tells it, or the system's own user does
 * @param password the password; null when the address tells it, or none is asked for
 * @param connections how many connections each process keeps at most, 2 or more; one more is held for signals
 */
public record DatabaseSettings(
        String url, @Nullable String user, @Nullable String password, int connections) {
    /** How many connections a process keeps when nothing else is said. */
    public static final int CONNECTIONS = 10;

    private static final String PROTOCOL = "jdbc:postgresql:";

    /** Checks the address, of which no message ever shows more than the host and the name. */
    public DatabaseSettings {
        url = url.strip();
        if (!url.startsWith(PROTOCOL) || url.length() == PROTOCOL.length()) {
            throw new IllegalArgumentException(
                    "'%s' is no address of a database server; expected e.g. jdbc:postgresql://host/gaze"
                            .formatted(place(url)));
        }
        if (connections < 2) {
            throw new IllegalArgumentException("A process needs 2 connections or more, got " + connections);
        }
    }

    /**
     * A server of which the address tells everything.
     *
     * @param url as above
     * @return the settings, with the usual number of connections
     */
    public static DatabaseSettings of(String url) {
        return new DatabaseSettings(url, null, null, CONNECTIONS);
    }

    /**
     * The address without what may be secret.
     *
     * @return protocol, host and name
     */
    public String place() {
        return place(url);
    }

    private static String place(String url) {
        String bare = url.substring(0, (url + "?").indexOf('?'));
        int credentials = bare.lastIndexOf('@');
        return credentials < 0
                ? bare
                : bare.substring(0, bare.indexOf("//") < 0 ? 0 : bare.indexOf("//") + 2)
                        + bare.substring(credentials + 1);
    }

    /** The place, and who logs in. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + place() + (user == null ? "" : ", user " + user) + "]";
    }
}
