package dev.gaze.core.ledger;

import dev.gaze.api.job.JobId;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;

/** The templates that jobs are wired into, each kept once. */
final class Templates {
    private Templates() {}

    /** Keeps a template and tells its hash. */
    static String keep(Handle handle, WorkflowTemplate template) {
        String content = RecordJson.write(template);
        String hash = hash(content);
        handle.execute(
                "insert into job_template (hash, content) select ?, ? where not exists"
                        + " (select 1 from job_template where hash = ?)",
                hash,
                content,
                hash);
        return hash;
    }

    private static String hash(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every JDK has it
        }
    }

    static WorkflowTemplate of(Handle handle, JobId job) {
        return RecordJson.read(
                handle.createQuery("select t.content from job j join job_template t on t.hash = j.template"
                                + " where j.id = ?")
                        .bind(0, job.value())
                        .mapTo(String.class)
                        .one(),
                WorkflowTemplate.class);
    }
}
