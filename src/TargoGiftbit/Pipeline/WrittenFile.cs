using System.Management.Automation;

namespace TargoGiftbit.Pipeline;

/// <summary>A file that a cmdlet wrote, as Get-Item would give it: a bare <see cref="FileInfo"/> binds to none of PowerShell's own cmdlets.</summary>
internal static class WrittenFile
{
    private const string Provider = @"Microsoft.PowerShell.Core\FileSystem::";

    /// <summary>The file with the properties by which Get-Content, Invoke-Item and this module's cmdlets take it from the pipeline.</summary>
    /// <param name="path">Its full path.</param>
    internal static PSObject Of(string path)
    {
        var file = new FileInfo(path);
        var item = PSObject.AsPSObject(file);
        item.Properties.Add(new PSNoteProperty("PSPath", Provider + file.FullName));
        item.Properties.Add(new PSNoteProperty("PSParentPath", Provider + file.DirectoryName));
        item.Properties.Add(new PSNoteProperty("PSChildName", file.Name));
        item.Properties.Add(new PSNoteProperty("PSIsContainer", false));
        return item;
    }
}
