package dev.gaze.example.command;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.history.HistoryId;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.plan.Size;
import dev.gaze.api.template.TemplateRequest;
import dev.gaze.api.writer.ConversationId;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads option values; what is wrong with one is told in the words of the value itself. */
final class Converters {
    private Converters() {}

    private static TypeConversionException wrong(Exception reason) {
        return new TypeConversionException(String.valueOf(reason.getMessage()));
    }

    private static UUID id(String value, String none, String fix) {
        try {
            return UUID.fromString(value.strip());
        } catch (IllegalArgumentException noId) {
            throw new Misread(none.formatted(value), fix);
        }
    }

    /** {@code http://127.0.0.1:8188}. Credentials in it are never repeated. */
    static final class Address implements ITypeConverter<URI> {
        @Override
        public URI convert(String value) {
            URI address;
            try {
                address = new URI(value.strip());
            } catch (URISyntaxException malformed) {
                throw new TypeConversionException("it is no URL; expected e.g. http://127.0.0.1:8188");
            }
            String scheme = String.valueOf(address.getScheme());
            if (!scheme.matches("(?i)https?") || address.getHost() == null) {
                throw new TypeConversionException("expected http(s)://host:port, such as http://127.0.0.1:8188");
            }
            return address;
        }
    }

    /** {@code 832x1216}. */
    static final class Pixels implements ITypeConverter<Size> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,5})\\s*[xX]\\s*(\\d{1,5})");

        @Override
        public Size convert(String value) {
            Matcher size = FORM.matcher(value.strip());
            if (!size.matches()) {
                throw new TypeConversionException("'%s' is no size; expected e.g. 832x1216".formatted(value));
            }
            try {
                return new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
            } catch (IllegalArgumentException outOfRange) {
                throw wrong(outOfRange);
            }
        }
    }

    /** An unsigned 64-bit number. */
    static final class SeedNumber implements ITypeConverter<Seed> {
        @Override
        public Seed convert(String value) {
            try {
                return Seed.parse(value);
            } catch (IllegalArgumentException noSeed) {
                throw wrong(noSeed);
            }
        }
    }

    /** {@code 10s}, {@code 5m}, {@code 1h}, {@code 500ms}. */
    static final class Span implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

        @Override
        public Duration convert(String value) {
            Matcher span = FORM.matcher(value.strip().toLowerCase(Locale.ROOT));
            if (!span.matches() || Long.parseLong(span.group(1)) == 0) {
                throw new TypeConversionException("'%s' is no time; expected e.g. 10s, 5m or 1h".formatted(value));
            }
            long number = Long.parseLong(span.group(1));
            return switch (span.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
    }

    /** The id of a job or a batch. */
    static final class Id implements ITypeConverter<UUID> {
        static final String WHERE = "`jobs` lists the ids of jobs, `batches` those of batches";

        @Override
        public UUID convert(String value) {
            return id(value, "'%s' is no id of a job or a batch", WHERE);
        }
    }

    /** The id of a batch. */
    static final class OfBatch implements ITypeConverter<UUID> {
        static final String WHERE = "`batches` lists them";

        @Override
        public UUID convert(String value) {
            return id(value, "'%s' is no id of a batch", WHERE);
        }
    }

    /** A whole number from 1. */
    private abstract static class Whole implements ITypeConverter<Integer> {
        private static final Pattern FORM = Pattern.compile("\\d{1,9}");

        private final int most;

        Whole(int most) {
            this.most = most;
        }

        @Override
        public Integer convert(String value) {
            String number = value.strip();
            if (!FORM.matcher(number).matches() || Integer.parseInt(number) < 1 || Integer.parseInt(number) > most) {
                throw new TypeConversionException(
                        "'%s' is not accepted; expected a whole number from 1 to %d".formatted(value, most));
            }
            return Integer.valueOf(number);
        }
    }

    /** A number of things or minutes. */
    static final class AtLeastOne extends Whole {
        AtLeastOne() {
            super(999_999_999);
        }
    }

    /** Steps of a sampler. */
    static final class Steps extends Whole {
        Steps() {
            super(150);
        }
    }

    /** Entries of the history, of which a page holds so many at most. */
    static final class Entries extends Whole {
        Entries() {
            super(200);
        }
    }

    /** Results of a template. */
    static final class Results extends Whole {
        Results() {
            super(TemplateRequest.MOST);
        }
    }

    /** Guidance. */
    static final class Guidance implements ITypeConverter<Double> {
        private static final Pattern FORM = Pattern.compile("\\d{1,2}(\\.\\d{1,9})?");

        @Override
        public Double convert(String value) {
            String number = value.strip();
            if (!FORM.matcher(number).matches() || Double.parseDouble(number) > 30) {
                throw new TypeConversionException(
                        "'%s' is not accepted; expected a number from 0 to 30".formatted(value));
            }
            return Double.valueOf(number);
        }
    }

    /** The number of an entry of the history. */
    static final class Entry implements ITypeConverter<HistoryId> {
        @Override
        public HistoryId convert(String value) {
            try {
                return HistoryId.parse(value);
            } catch (IllegalArgumentException none) {
                throw new Misread("'%s' is no number of an entry".formatted(value), "`history list` tells them");
            }
        }
    }

    /** The id of a conversation; {@code new} begins one. */
    static final class Talk implements ITypeConverter<String> {
        static final String NEW = "new";

        @Override
        public String convert(String value) {
            String id = value.strip();
            try {
                return id.equals(NEW) ? NEW : new ConversationId(id).value();
            } catch (IllegalArgumentException none) {
                throw new Misread(
                        "'%s' is no conversation".formatted(value),
                        "begin one with --conversation " + NEW + "; its id is told at the end");
            }
        }
    }

    /** {@code outfit=raincoat}. */
    static final class Choice implements ITypeConverter<AssetKey> {
        @Override
        public AssetKey convert(String value) {
            int at = value.indexOf('=');
            if (at < 0) {
                throw new TypeConversionException(
                        "'%s' names no category; expected e.g. outfit=raincoat".formatted(value));
            }
            try {
                return new AssetKey(
                        value.substring(0, at).strip(), value.substring(at + 1).strip());
            } catch (IllegalArgumentException blank) {
                throw wrong(blank);
            }
        }
    }
}
