Describe 'What every cmdlet inherits' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)

        function Get-Log { @(Get-Content $log -ErrorAction Ignore) }
        function Get-DoneCount { @(Get-Log | Where-Object { $_ -like 'done *' }).Count }
    }

    BeforeEach {
        $log = Join-Path $TestDrive "$([guid]::NewGuid()).log"
    }

    Context 'when the pipeline is cut' {
        It 'Select-Object -First 1 lets no second piece of work begin, and waits for the work to end' {
            Invoke-TestWork -LogPath $log -Count 20 | Select-Object -First 1 | Should -Be 1
            Get-DoneCount | Should -Be 1
            Get-Log | Select-Object -Last 1 | Should -Be 'ended'
        }

        It 'a throw downstream does the same' {
            { Invoke-TestWork -LogPath $log -Count 20 | ForEach-Object { throw 'downstream' } } | Should -Throw 'downstream'
            Get-DoneCount | Should -Be 1
            Get-Log | Select-Object -Last 1 | Should -Be 'ended'
        }

        It 'Ctrl+C does the same' {
            $powershell = [powershell]::Create([initialsessionstate]::CreateDefault2())
            try {
                $null = $powershell.AddScript({
                        param($manifest, $commands, $log)
                        Import-Module $manifest, $commands
                        # Half an hour of it, unless it is stopped.
                        Invoke-TestWork -LogPath $log -Count 100000 -Delay 20
                    }).AddArgument((Get-ModuleManifest)).AddArgument((Get-BuiltAssembly 'tests/TargoGiftbit.Module.TestCommands')).AddArgument($log)
                $running = $powershell.BeginInvoke()
                Wait-Until { (Get-DoneCount) -ge 3 } -Or { $running.IsCompleted }
                $powershell.Stop()
                $powershell.InvocationStateInfo.State | Should -Be 'Stopped'
            }
            finally {
                $powershell.Dispose()
            }
            Get-Log | Select-Object -Last 1 | Should -Be 'ended'
            $count = Get-DoneCount
            $count | Should -BeGreaterOrEqual 3
            $count | Should -BeLessThan 100000
        }

        It 'an error under -ErrorAction Stop does the same' {
            { Invoke-TestWork -LogPath $log -Count 20 -ErrorAt 2 -ErrorAction Stop } | Should -Throw -ErrorId 'TestPieceInvalid*'
            Get-DoneCount | Should -Be 2
            Get-Log | Select-Object -Last 1 | Should -Be 'ended'
        }

        It 'workers that wait side by side for the pipeline are all released' {
            Invoke-TestWork -LogPath $log -Count 100 -Workers 8 | Select-Object -First 1 | Should -BeOfType int
            Get-DoneCount | Should -BeLessOrEqual 8
            Get-Log | Select-Object -Last 1 | Should -Be 'ended'
        }

        It 'work that waits for an answer is released' {
            Invoke-TestWork -LogPath $log -Count 100 -Workers 8 -Ask -Confirm:$false | Select-Object -First 1 | Should -BeOfType int
            Get-Log | Select-Object -Last 1 | Should -Be 'ended'
        }

        It 'work that may run ahead ends too' {
            1..3 | ForEach-Object { Invoke-TestWork -LogPath $log -Count 5000 -Workers 4 -RunAhead | Select-Object -First 1 } | Should -HaveCount 3
            @(Get-Log | Where-Object { $_ -eq 'ended' }).Count | Should -Be 3
        }

        It 'a cmdlet in the middle stops with its upstream' {
            1..1000 | Send-TestRecord -LogPath $log | Select-Object -First 2 | Should -Be 1, 2
            Get-DoneCount | Should -BeLessOrEqual 3
            Get-Log | Select-Object -Last 1 | Should -Be 'ended'
        }

        It 'a cmdlet in the middle is ended before an error from upstream arrives' {
            { & { 1..5; throw 'upstream' } | Send-TestRecord -LogPath $log } | Should -Throw 'upstream'
            Get-Log | Select-Object -Last 1 | Should -Be 'ended'
        }
    }

    Context 'when records stream through' {
        It 'every record comes out once and in order' {
            $out = 1..20000 | Send-TestRecord -RunAhead
            $out | Should -HaveCount 20000
            $out[0], $out[9999], $out[-1] | Should -Be 1, 10000, 20000
        }

        It 'results flow on before the last record has come in' {
            $seen = [Collections.Generic.List[string]]::new()
            1..2000 | ForEach-Object { if ($_ -eq 2000) { $seen.Add('last in') }; $_ } | Send-TestRecord | ForEach-Object { if ($_ -eq 1) { $seen.Add('first out') } }
            $seen | Should -Be 'first out', 'last in'
        }

        It 'a cmdlet that needs all records takes more than its queues hold' {
            1..5000 | Send-TestRecord -Collect | Should -HaveCount 5000
        }

        It 'records after the work has had enough are ignored' {
            1..5000 | Send-TestRecord -StopAfter 3 | Should -Be 1, 2, 3
        }

        It 'an empty pipeline gives nothing' {
            @() | Send-TestRecord -LogPath $log | Should -BeNullOrEmpty
            Get-DoneCount | Should -Be 0
        }

        It 'numbers are written the invariant way in every culture' {
            $text = Invoke-FreshPwsh @"
[cultureinfo]::CurrentCulture = 'fr-CA'
Import-Module '$(Get-ModuleManifest)', '$(Get-BuiltAssembly 'tests/TargoGiftbit.Module.TestCommands')'
1 | Send-TestRecord -LogPath '$log'
"@
            $text.ExitCode | Should -Be 0
            Get-Log | Should -Contain '1.5'
        }
    }

    Context 'errors' {
        It 'one bad record is an error with id, category, target; the others go on' {
            $out = Invoke-TestWork -LogPath $log -Count 3 -ErrorAt 2 -ErrorVariable problems -ErrorAction SilentlyContinue
            $out | Should -Be 1, 3
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'TestPieceInvalid,TargoGiftbit.Module.TestCommands.InvokeTestWorkCommand'
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
            $problems[0].TargetObject | Should -Be 2
        }

        It 'an unusable set-up ends the cmdlet and says what to do' {
            $problem = { Invoke-TestWork -LogPath $log -FailAt 3 } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -Be 'TestSetUpUnusable,TargoGiftbit.Module.TestCommands.InvokeTestWorkCommand'
            $problem.ErrorDetails.RecommendedAction | Should -Be 'Mend it.'
            Get-DoneCount | Should -Be 2
        }

        It 'a file that cannot be written says why and what to do' -ForEach @(
            @{ Number = 28; Id = 'DiskFull' }, @{ Number = -2147024784; Id = 'DiskFull' }, @{ Number = 30; Id = 'FileReadOnly' }
        ) {
            $problem = { Invoke-TestWork -LogPath $log -FailAt 1 -FileError $Number } | Should -Throw -ErrorId "$Id,*" -PassThru
            $problem.ErrorDetails.Message | Should -BeLike '*/mnt/report.csv*'
            $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        It 'an unusable set-up ends a cmdlet while records still arrive' {
            $fed = 0
            { 1..5000 | ForEach-Object { $fed = $_; $_ } | Send-TestRecord -FailAt 2 } | Should -Throw -ErrorId 'TestSetUpUnusable*'
        }
    }

    Context 'questions' {
        It '-WhatIf does nothing' {
            Invoke-TestWork -LogPath $log -Count 3 -Ask -WhatIf | Should -BeNullOrEmpty
            Get-DoneCount | Should -Be 0
        }

        It '-Confirm:$false goes ahead' {
            Invoke-TestWork -LogPath $log -Count 3 -Ask -Confirm:$false | Should -Be 1, 2, 3
        }

        It 'a session that cannot be asked gets an error that says so, and nothing is done' {
            $result = Invoke-FreshPwsh @"
Import-Module '$(Get-ModuleManifest)', '$(Get-BuiltAssembly 'tests/TargoGiftbit.Module.TestCommands')'
try { Invoke-TestWork -LogPath '$log' -AskOutright } catch { `$_.FullyQualifiedErrorId; `$_.ErrorDetails.RecommendedAction }
"@
            $result.Text | Should -Match 'ConfirmationImpossible,TargoGiftbit'
            $result.Text | Should -Match '-Force'
            Get-DoneCount | Should -Be 0
        }
    }

    It 'a progress bar is taken down at the end' {
        $powershell = [powershell]::Create()
        try {
            $null = $powershell.AddScript("Import-Module '$(Get-ModuleManifest)', '$(Get-BuiltAssembly 'tests/TargoGiftbit.Module.TestCommands')'; Invoke-TestWork -LogPath '$log' -ShowProgress -Count 50")
            $powershell.Invoke() | Should -HaveCount 50
            $records = @($powershell.Streams.Progress | Where-Object Activity -EQ 'Testing')
            $records.Count | Should -BeGreaterThan 1
            $records[-1].RecordType | Should -Be 'Completed'
        }
        finally {
            $powershell.Dispose()
        }
    }
}
