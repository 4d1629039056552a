package dev.gaze.core.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gaze.api.job.JobId;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;

/** The templates that jobs are wired into, each kept once. They are few and large, so those in use stay in memory. */
final class Templates {
    private static final int IN_USE = 64;

    /** By identity: a template of the library is the same object until its file changes. */
    private final Cache<WorkflowTemplate, String> hashes =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    private final Cache<String, WorkflowTemplate> byHash =
            Caffeine.newBuilder().maximumSize(IN_USE).executor(Runnable::run).build();

    /** What a template is kept under. */
    String hash(WorkflowTemplate template) {
        return hashes.get(template, one -> hash(RecordJson.write(one)));
    }

    /** Keeps a template. Nobody else does so now, as the caller holds the row that gives numbers. */
    void keep(Handle handle, WorkflowTemplate template) {
        String hash = hash(template);
        boolean known = handle.createQuery("select 1 from job_template where hash = ?")
                .bind(0, hash)
                .mapTo(int.class)
                .findOne()
                .isPresent();
        if (!known) {
            handle.execute("insert into job_template (hash, content) values (?, ?)", hash, RecordJson.write(template));
        }
        byHash.put(hash, template);
    }

    private static String hash(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every JDK has it
        }
    }

    WorkflowTemplate of(Handle handle, JobId job) {
        String hash = handle.createQuery("select template from job where id = ?")
                .bind(0, job.value())
                .mapTo(String.class)
                .one();
        return byHash.get(
                hash,
                unknown -> RecordJson.read(
                        handle.createQuery("select content from job_template where hash = ?")
                                .bind(0, unknown)
                                .mapTo(String.class)
                                .one(),
                        WorkflowTemplate.class));
    }
}
