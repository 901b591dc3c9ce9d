using System.Management.Automation;

namespace TargoGiftbit.Errors;

/// <summary>Says what to do about a file that could not be read or written.</summary>
internal static class FileErrors
{
    // ENOSPC and EROFS are the same number on Linux and macOS; Windows has its own (ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL, ERROR_WRITE_PROTECT).
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsWriteProtect = unchecked((int)0x80070013);

    internal static (string Code, ErrorCategory Category, string Message, string Remedy)? Explain(Exception exception) => exception switch
    {
        FileNotFoundException => ("FileNotFound", ErrorCategory.ObjectNotFound, exception.Message, Pipeline.PipelineText.FileNotFoundRemedy),
        DirectoryNotFoundException => ("DirectoryNotFound", ErrorCategory.ObjectNotFound, exception.Message, Pipeline.PipelineText.FileNotFoundRemedy),
        UnauthorizedAccessException => ("UnauthorizedAccess", ErrorCategory.PermissionDenied, exception.Message, Pipeline.PipelineText.AccessRemedy),
        IOException file => OfDisk(file),
        _ => null,
    };

    private static (string Code, ErrorCategory Category, string Message, string Remedy)? OfDisk(IOException exception) => exception.HResult switch
    {
        NoSpace or WindowsDiskFull or WindowsHandleDiskFull => ("DiskFull", ErrorCategory.ResourceUnavailable, Pipeline.PipelineText.DiskFull(exception.Message), Pipeline.PipelineText.DiskFullRemedy),
        ReadOnly or WindowsWriteProtect => ("FileReadOnly", ErrorCategory.WriteError, Pipeline.PipelineText.FileReadOnly(exception.Message), Pipeline.PipelineText.FileReadOnlyRemedy),
        _ => null,
    };
}
